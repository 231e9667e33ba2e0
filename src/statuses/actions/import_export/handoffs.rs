//! The hand-offs of the rows of a file, which may name statuses that other rows make or change.

use crate::statuses::actions::definitions::handoff_refusal;
use crate::statuses::actions::import_export::named_statuses::provisional_id;
use crate::statuses::actions::import_export::planner::RowPlanner;
use crate::statuses::domain::status::LeadStatus;

impl RowPlanner<'_> {
    /// Refuses rows whose hand-off names statuses that its answers can't lead to, as all are after the import.
    pub fn refuse_handoffs(&mut self) {
        let after = self.statuses_after();
        let find = |id: i64| after.iter().find(|status| status.id == id);
        for index in 0..self.rows.len() {
            let row = &self.rows[index];
            let Some(handoff) = row
                .fields
                .as_ref()
                .and_then(|fields| fields.handoff.as_ref())
            else {
                continue;
            };
            let former = row.status.and_then(|status| status.handoff.as_ref());
            let own = row.status.map_or(provisional_id(index), |status| status.id);
            if let Some(message) = handoff_refusal(handoff, former, Some(own), find) {
                self.rows[index].errors.add("handoff", message);
            }
        }
    }

    /// The statuses with the fields of the rows; one that a row makes has a provisional id for its id.
    fn statuses_after(&self) -> Vec<LeadStatus> {
        let mut after = self.existing.to_vec();
        for (index, row) in self.rows.iter().enumerate() {
            let Some(fields) = &row.fields else { continue };
            match row.status {
                Some(status) => {
                    let changed = after.iter_mut().filter(|other| other.id == status.id);
                    changed.for_each(|other| other.fields = fields.clone());
                }
                None => after.push(LeadStatus::planned(provisional_id(index), fields.clone())),
            }
        }
        after
    }
}
