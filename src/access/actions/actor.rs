//! The author of the changes of a principal.

use crate::access::domain::principal::Principal;
use crate::audit::Actor;
use crate::channel::Channel;

impl Principal {
    /// The author of an audit entry of a change that came through `channel`.
    pub fn actor(&self, channel: Channel) -> Actor {
        let name = match &self.token {
            Some(token) => format!("{} ({})", self.name, token.name),
            None => self.name.clone(),
        };
        Actor {
            user_id: Some(self.user_id),
            token_id: self.token.as_ref().map(|token| token.id),
            name,
            channel,
            request_id: self.request_id.clone(),
            batch_id: self.batch_id,
            now: self.now,
        }
    }
}
