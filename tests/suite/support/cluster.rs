use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{LazyLock, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};

/// Starts the cluster, prints `ready`, and removes the cluster when the tests end, however they end: the end of its
/// standard input is its signal.
const KEEPER: &str = r#"
bin=$1 dir=$2
refused() { cat "$dir/log"; rm -rf "$dir"; exit 1; }
init() { "$bin/initdb" -D "$dir/data" -U suite -A trust -E UTF8 --locale=C --no-sync "$@" >>"$dir/log" 2>&1; }
# An alphabet that is not the order of bytes, so that a query which leaves the order to the database is seen.
init --locale-provider=icu --icu-locale=en-US || { rm -rf "$dir/data"; init; } || refused
cat >>"$dir/data/postgresql.conf" <<END
listen_addresses = ''
unix_socket_directories = '$dir'
max_connections = 300
fsync = off
synchronous_commit = off
full_page_writes = off
shared_buffers = 64MB
autovacuum = off
max_wal_size = 1GB
wal_level = minimal
max_wal_senders = 0
END
"$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w start >>"$dir/log" 2>&1 || refused
echo ready
cat >/dev/null
"$bin/pg_ctl" -D "$dir/data" -m immediate stop >>"$dir/log" 2>&1
rm -rf "$dir"
"#;

/// A private PostgreSQL of this test process, reached through a socket in its own directory.
pub struct Cluster {
    dir: PathBuf,
    /// Connections outside any of the databases under test, kept for the next statement.
    idle: Mutex<Vec<PgConnection>>,
    /// Its input is closed when this process ends, which stops the cluster.
    _keeper: Child,
}

static CLUSTER: LazyLock<Option<Cluster>> = LazyLock::new(Cluster::start);

impl Cluster {
    /// The cluster, started at the first call; `None` where PostgreSQL is missing, which is a failure under `CI`.
    pub fn get() -> Option<&'static Cluster> {
        CLUSTER.as_ref()
    }

    /// The address of a database of the cluster.
    pub fn url(&self, database: &str) -> String {
        format!(
            "postgres:///{database}?host={}&user=suite",
            self.dir.display()
        )
    }

    /// Runs one statement outside any of the databases under test.
    pub fn execute(&self, statement: &str) {
        let idle = self.idle.lock().expect("no panic").pop();
        let mut conn = idle.unwrap_or_else(|| {
            PgConnection::establish(&self.url("postgres")).expect("the cluster answers")
        });
        conn.batch_execute(statement)
            .unwrap_or_else(|e| panic!("{statement}: {e}"));
        self.idle.lock().expect("no panic").push(conn);
    }

    fn start() -> Option<Cluster> {
        let Some(bin) = programs() else {
            assert!(std::env::var_os("CI").is_none(), "PostgreSQL is missing");
            eprintln!("PostgreSQL is missing (initdb, pg_ctl): its half of the tests is left out.");
            return None;
        };
        let dir = fresh_directory();
        let mut keeper = as_ordinary_user(&dir)
            .args(["-c", KEEPER, "keeper"])
            .args([&bin, &dir])
            .current_dir(&dir)
            .env_remove("PGDATA")
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("sh is there");
        let output: Vec<String> = BufReader::new(keeper.stdout.take().expect("piped"))
            .lines()
            .map_while(Result::ok)
            .take_while(|line| line != "ready")
            .collect();
        let is_up = dir.join("data/postmaster.pid").exists() || output.is_empty();
        assert!(is_up, "PostgreSQL does not start:\n{}", output.join("\n"));
        Some(Cluster {
            dir,
            idle: Mutex::default(),
            _keeper: keeper,
        })
    }
}

/// Where the newest `initdb` with a `pg_ctl` beside it is.
fn programs() -> Option<PathBuf> {
    let on_path = std::env::var_os("PATH")
        .map(|path| std::env::split_paths(&path).collect())
        .unwrap_or_default();
    let mut installed: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .map(|versions| versions.flatten().map(|v| v.path().join("bin")).collect())
        .unwrap_or_default();
    installed.sort_by_key(|bin| version_of(bin));
    let on_path: Vec<PathBuf> = on_path;
    installed
        .into_iter()
        .rev()
        .chain(on_path)
        .find(|bin| bin.join("initdb").exists() && bin.join("pg_ctl").exists())
}

fn version_of(bin: &Path) -> u32 {
    bin.parent()
        .and_then(|version| version.file_name()?.to_str()?.parse().ok())
        .unwrap_or(0)
}

fn fresh_directory() -> PathBuf {
    let nanos = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("after 1970")
        .subsec_nanos();
    let name = format!("ls-pg-{}-{nanos}", std::process::id());
    let dir = memory_folder()
        .unwrap_or_else(std::env::temp_dir)
        .join(name);
    fs::create_dir(&dir).expect("a new directory");
    dir
}

/// A file system in memory that is large enough for the cluster: each database creates and deletes three hundred files,
/// which takes longer on a disk than the test itself.
fn memory_folder() -> Option<PathBuf> {
    let memory = "/dev/shm";
    let shown = output_of(&["df", "--output=avail", "-k", memory])?;
    let kib: u64 = shown.lines().last()?.trim().parse().ok()?;
    (kib > 3 * 1024 * 1024).then(|| PathBuf::from(memory))
}

/// A shell that doesn't run as root, as PostgreSQL refuses to; its user becomes the owner of the directory.
fn as_ordinary_user(dir: &Path) -> Command {
    if output_of(&["id", "-u"]) != Some("0".into()) {
        return Command::new("sh");
    }
    let user = ["postgres", "nobody"]
        .into_iter()
        .find(|user| output_of(&["id", "-u", user]).is_some())
        .expect("a user that is not root");
    let uid = output_of(&["id", "-u", user]).expect("it was just there");
    let gid = output_of(&["id", "-g", user]).expect("it was just there");
    let owner = format!("{uid}:{gid}");
    assert!(
        output_of(&["chown", &owner, &dir.display().to_string()]).is_some(),
        "the directory can't be given away"
    );
    if output_of(&["setpriv", "--version"]).is_some() {
        let mut shell = Command::new("setpriv");
        shell.args([&format!("--reuid={uid}"), &format!("--regid={gid}")]);
        shell.args(["--clear-groups", "--", "sh"]);
        return shell;
    }
    let mut shell = Command::new("runuser");
    shell.args(["-u", user, "--", "sh"]);
    shell
}

/// The output of a program, if it succeeds.
fn output_of(line: &[&str]) -> Option<String> {
    let done = Command::new(line[0]).args(&line[1..]).output().ok()?;
    let text = String::from_utf8_lossy(&done.stdout).trim().to_owned();
    done.status.success().then_some(text)
}
