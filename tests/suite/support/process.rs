use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use lead_statuses::db::DatabaseUrl;

use super::Api;
use super::people::environment;

/// The program as a process of its own, for kills, limits and signals.
pub struct Process {
    /// `http://127.0.0.1:port`.
    pub base: String,
    child: Option<Child>,
    log: Arc<Mutex<Vec<String>>>,
}

impl Process {
    /// Serves a database; limits on the size of its files answer with an error instead of ending it.
    pub fn serve(url: &DatabaseUrl, dir: &Path) -> Process {
        let (process, errors) = Process::serve_unread(url, dir, &[]);
        let log = process.log.clone();
        // The log is read all the time, or the program would drop lines.
        std::thread::spawn(move || {
            let errors = BufReader::new(errors).lines().map_while(Result::ok);
            errors.for_each(|line| log.lock().expect("no panic").push(line));
        });
        process
    }

    /// As [`Process::serve`], with more environment variables and a log that is left to the caller to read.
    pub fn serve_unread(
        url: &DatabaseUrl,
        dir: &Path,
        variables: &[(&str, &str)],
    ) -> (Process, ChildStderr) {
        let mut command = Command::new("sh");
        command.args([
            "-c",
            "trap '' XFSZ; exec \"$0\" serve",
            env!("CARGO_BIN_EXE_lead-statuses"),
        ]);
        let mut child = environment(&mut command, url, dir)
            .env("LS_BIND", "127.0.0.1:0")
            .envs(variables.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let base =
            lines.find_map(|line| Some(line.ok()?.strip_prefix("http://")?.trim().to_owned()));
        let Some(base) = base else {
            let mut output = String::new();
            let _ = child
                .stderr
                .take()
                .expect("piped")
                .read_to_string(&mut output);
            panic!("it does not start: {output}");
        };
        let errors = child.stderr.take().expect("piped");
        std::thread::spawn(move || lines.for_each(drop));
        let process = Process {
            base: format!("http://{base}"),
            child: Some(child),
            log: Arc::default(),
        };
        (process, errors)
    }

    /// The lines of its log so far.
    pub fn log(&self) -> Vec<String> {
        self.log.lock().expect("no panic").clone()
    }

    pub fn api(&self, token: &str) -> Api {
        Api::new(&self.base, Some(token))
    }

    /// The process id.
    pub fn id(&self) -> String {
        self.child
            .as_ref()
            .map_or_else(String::new, |child| child.id().to_string())
    }

    /// A figure of its memory in KiB, such as `VmRSS` or `VmHWM`; `None` where the system doesn't provide it.
    pub fn memory(&self, figure: &str) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with(figure))?;
        line.split_whitespace().nth(1)?.parse().ok()
    }

    /// Resets `VmHWM`, the peak of its memory.
    pub fn forget_peak(&self) -> bool {
        std::fs::write(format!("/proc/{}/clear_refs", self.id()), "5").is_ok()
    }

    /// Kills it, as a power cut would.
    pub fn kill(mut self) {
        let mut child = self.child.take().expect("it lives");
        child.kill().expect("it lives");
        child.wait().expect("it ends");
    }

    /// Sends SIGTERM.
    pub fn ask_to_stop(&self) {
        let done = Command::new("kill").args(["-TERM", &self.id()]).status();
        assert!(done.expect("kill is there").success());
    }

    /// Waits for its end; its exit status, or `None` after `patience`.
    pub fn ended(mut self, patience: Duration) -> Option<ExitStatus> {
        let mut child = self.child.take().expect("it was not asked before");
        let (sender, receiver) = std::sync::mpsc::channel();
        std::thread::spawn(move || sender.send(child.wait()));
        receiver.recv_timeout(patience).ok()?.ok()
    }

    /// Limits the size of its files from now on; false where that isn't possible.
    pub fn limit_files(&self, bytes: Option<u64>) -> bool {
        let limit = bytes.map_or("unlimited".into(), |bytes| bytes.to_string());
        let done = Command::new("prlimit")
            .args(["--pid", &self.id(), &format!("--fsize={limit}:unlimited")])
            .output();
        done.is_ok_and(|done| done.status.success())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
