//! The channels through which changes come.

use crate::words::word_enum;

word_enum! {
    /// The channel through which a change came. The words are in the database, in the API and in the audit log.
    pub enum Channel {
        /// A form of a page.
        Ui = "ui", "audit-channel-ui";
        Board = "board", "audit-channel-board";
        Bulk = "bulk", "audit-channel-bulk";
        Import = "import", "audit-channel-import";
        Api = "api", "audit-channel-api";
        /// Leads moved because their status was replaced.
        Replace = "replace", "audit-channel-replace";
        Undo = "undo", "audit-channel-undo";
        /// The answer to an offer.
        Handoff = "handoff", "audit-channel-handoff";
        /// The command line.
        Cli = "cli", "audit-channel-cli";
        /// The program itself, when it filled an empty database.
        Setup = "setup", "audit-channel-setup";
    }
}
