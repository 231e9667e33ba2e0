//! The people of the stories, the same in every database.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use lead_statuses::db::DatabaseUrl;

/// Someone with an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person {
    pub name: &'static str,
    pub email: &'static str,
    pub password: &'static str,
    pub role: &'static str,
}

const fn person(
    name: &'static str,
    email: &'static str,
    password: &'static str,
    role: &'static str,
) -> Person {
    Person {
        name,
        email,
        password,
        role,
    }
}

/// RevOps.
pub const ALICE: Person = person(
    "Alice Pop",
    "alice@example.com",
    "alice likes long walks",
    "admin",
);
/// A sales manager.
pub const MARA: Person = person(
    "Mara Ionescu",
    "mara@example.com",
    "mara likes long walks",
    "manager",
);
/// A sales rep.
pub const RADU: Person = person(
    "Radu Stănescu",
    "radu@example.com",
    "radu likes long walks",
    "rep",
);
/// An auditor.
pub const VERA: Person = person(
    "Vera Lind",
    "vera@example.com",
    "vera likes long walks",
    "viewer",
);
/// An administrator who has left.
pub const DAN: Person = person(
    "Dan Gone",
    "dan@example.com",
    "dan likes long walks too",
    "admin",
);

/// Everyone who can sign in, the mightiest first.
pub const PEOPLE: [Person; 4] = [ALICE, MARA, RADU, VERA];

/// Everyone's token with all scopes: e-mail address and token.
pub type Tokens = Vec<(&'static str, String)>;

/// Runs the program itself on a database.
pub fn program(url: &DatabaseUrl, dir: &Path, arguments: &[&str], input: &str) -> Output {
    let address = match url {
        DatabaseUrl::Sqlite(path) => format!("sqlite://{}", path.display()),
        DatabaseUrl::Postgres(url) => url.clone(),
    };
    let file = dir.join(format!("input-{}", arguments.join("-").replace('/', "")));
    std::fs::write(&file, input).expect("a file");
    let stdin = std::fs::File::open(&file).expect("the file");
    let output = Command::new(env!("CARGO_BIN_EXE_lead-statuses"))
        .args(arguments)
        .env("DATABASE_URL", address)
        .env("LS_DATA_DIR", dir.join("data"))
        .env("LS_LOG", "warn")
        .current_dir(dir)
        .stdin(Stdio::from(stdin))
        .output()
        .expect("the program");
    std::fs::remove_file(file).expect("still there");
    output
}

/// Makes the accounts and a token for each, through the command line.
pub fn settle(url: &DatabaseUrl, dir: &Path) -> Tokens {
    let run = |arguments: &[&str], input: &str| {
        let done = program(url, dir, arguments, input);
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{arguments:?}: {said}");
        String::from_utf8(done.stdout).expect("UTF-8")
    };
    let mut tokens = Tokens::new();
    for who in PEOPLE.into_iter().chain([DAN]) {
        let user = [
            "user",
            "add",
            "--email",
            who.email,
            "--name",
            who.name,
            "--role",
            who.role,
            "--password-stdin",
        ];
        run(&user, who.password);
        let token = [
            "token",
            "add",
            "--owner",
            who.email,
            "--name",
            "suite",
            "--scopes",
            "read,write,delete",
        ];
        let said = run(&token, "");
        let token = said.trim_end().lines().last().unwrap_or_default();
        tokens.push((who.email, token.to_owned()));
    }
    run(&["user", "disable", DAN.email], "");
    tokens
}

/// Stands in for [`settle`] until the command line can make accounts: rows without passwords.
pub fn squat(url: &DatabaseUrl) -> Tokens {
    use diesel::connection::SimpleConnection;
    let db = lead_statuses::db::Db::open(url, 2).expect("a database");
    let mut tokens = Tokens::new();
    for (index, who) in PEOPLE.into_iter().chain([DAN]).enumerate() {
        let (id, token) = (index + 1, format!("squatter-{index}"));
        let gone = if who == DAN { "1" } else { "null" };
        let hash = lead_statuses::web::sha256_hex(&token);
        let statement = format!(
            "insert into users (email, email_key, name, role, password_hash, disabled_at, created_at, updated_at) \
             values ('{e}', '{e}', '{n}', '{r}', '', {gone}, 1, 1); \
             insert into api_tokens (user_id, name, prefix, token_hash, scopes, created_at) \
             values ({id}, 'suite', 'squat', '{hash}', 'read,write,delete', 1);",
            e = who.email,
            n = who.name,
            r = who.role,
        );
        let done = db.write_blocking(move |conn| Ok(conn.batch_execute(&statement)?));
        done.expect("rows");
        tokens.push((who.email, token));
    }
    tokens
}
