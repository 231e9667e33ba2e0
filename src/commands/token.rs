use crate::access::accounts;
use crate::api_tokens::{TokenForm, issue};
use crate::commands::terminal::say;
use crate::commands::{Desk, Outcome};
use crate::config::{CommandLine, TokenCommand};

/// `token add`: the token stands alone on the last line.
///
/// # Errors
/// What is wrong with what was asked.
pub async fn run(line: &CommandLine, command: TokenCommand) -> Outcome {
    let TokenCommand::Add {
        owner,
        name,
        scopes,
        expires_days,
    } = command;
    let form = TokenForm {
        name,
        scopes,
        expires_days: expires_days
            .map(|days| days.to_string())
            .unwrap_or_default(),
        owner: String::new(),
    };
    let desk = Desk::open(line).await?;
    let actor = desk.actor.clone();
    let issued = desk
        .db
        .write(move |conn| {
            let user = accounts::by_email(conn, &owner)?;
            issue(conn, &actor, &user, &form)
        })
        .await;
    desk.close().await;
    let (token, secret) = issued?;
    say(format_args!(
        "The token “{}” of {}; it is shown only this once:",
        token.name, token.owner_email
    ))?;
    say(secret.reveal())
}
