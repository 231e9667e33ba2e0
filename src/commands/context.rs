//! The database, open for one command.

use crate::app::open_async;
use crate::audit::Actor;
use crate::channel::Channel;
use crate::commands::outcome::Failure;
use crate::config::CommandLine;
use crate::db::{Db, ServeLock};

/// The database, open for one command.
pub struct CommandContext {
    pub db: Db,
    /// The author of the changes that the command makes.
    pub actor: Actor,
    _lock: ServeLock,
}

impl CommandContext {
    /// Opens and migrates the database that the command line names.
    ///
    /// # Errors
    /// Returns [`Failure::Start`] if the database can't be opened or migrated.
    pub async fn open(line: &CommandLine) -> Result<CommandContext, Failure> {
        let config = line.config();
        let actor = Actor::program(Channel::Cli, config.clock.now());
        let (db, lock) = open_async(config).await?;
        Ok(CommandContext {
            db,
            actor,
            _lock: lock,
        })
    }

    /// Closes the database, so that its file is whole without its log.
    pub async fn close(self) {
        self.db.close().await;
    }
}
