//! The commands about users.

use crate::access::password::{self, Password};
use crate::access::{User, UserForm, accounts, users};
use crate::commands::context::CommandContext;
use crate::commands::outcome::{Failure, Outcome};
use crate::commands::terminal::{read_password, say};
use crate::config::{CommandLine, UserCommand};
use crate::digest::PasswordCost;
use crate::error::Error;

/// `user add`, `user list`, `user disable`, `user password`.
///
/// # Errors
/// Returns what is wrong with the arguments.
pub async fn run(line: &CommandLine, command: UserCommand) -> Outcome {
    let context = CommandContext::open(line).await?;
    let outcome = match command {
        UserCommand::Add {
            email, name, role, ..
        } => add(&context, UserForm { name, email, role }).await,
        UserCommand::List => list(&context).await,
        UserCommand::Disable { email } => disable(&context, email).await,
        UserCommand::Password { email, .. } => set_password(&context, email).await,
    };
    context.close().await;
    outcome
}

async fn add(context: &CommandContext, form: UserForm) -> Outcome {
    let fields = form.parse().map_err(Error::Invalid)?;
    let hash = hash_from_stdin(&form.email, &form.name)?;
    let actor = context.actor.clone();
    let user = context
        .db
        .write(move |conn| accounts::create(conn, &actor, &fields, &hash))
        .await?;
    say(format_args!(
        "Added {} as {}.",
        user.email,
        user.role.as_str()
    ))
}

/// One line for each user: address, name, role, and whether they may sign in, separated by tabs.
async fn list(context: &CommandContext) -> Outcome {
    let all = context.db.read(users::list_unlimited).await?;
    all.iter().try_for_each(|user| say(row(user)))
}

fn row(user: &User) -> String {
    let state = match user.is_enabled() {
        true => "enabled",
        false => "disabled",
    };
    [&user.email, &user.name, user.role.as_str(), state].join("\t")
}

async fn disable(context: &CommandContext, email: String) -> Outcome {
    let actor = context.actor.clone();
    let user = context
        .db
        .write(move |conn| {
            let user = accounts::by_email(conn, &email)?;
            accounts::disable(conn, &actor, user.id)
        })
        .await?;
    accounts::wait_for_writes(&context.db, user.id).await;
    say(format_args!("Disabled {}.", user.email))
}

async fn set_password(context: &CommandContext, email: String) -> Outcome {
    let user = context
        .db
        .read(move |conn| accounts::by_email(conn, &email))
        .await?;
    let hash = hash_from_stdin(&user.email, &user.name)?;
    let (actor, id) = (context.actor.clone(), user.id);
    context
        .db
        .write(move |conn| accounts::set_password(conn, &actor, id, &hash, None))
        .await?;
    accounts::wait_for_writes(&context.db, id).await;
    say(format_args!("Set a new password for {}.", user.email))
}

fn hash_from_stdin(email: &str, name: &str) -> Result<String, Failure> {
    let password = Password::parse(&read_password()?, email, name)
        .map_err(|message| Error::invalid("password", message))?;
    Ok(password::hash(&password, PasswordCost::RECOMMENDED)?)
}
