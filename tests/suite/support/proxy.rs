use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Condvar, Mutex};

use lead_statuses::db::DatabaseUrl;

/// What the proxy does with the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ProxyMode {
    Open,
    /// Connections stay open, and no bytes are passed on.
    Silent,
    /// Connections break, and new ones too.
    Cut,
    /// The next commit gets through; the connection breaks before its answer does.
    CutAfterCommit,
}

/// A proxy between the program and PostgreSQL that imitates a broken network and a stopped server.
#[derive(Clone)]
pub struct Proxy {
    port: u16,
    line: Arc<(Mutex<ProxyMode>, Condvar)>,
}

impl Proxy {
    /// Starts a proxy for a database of the cluster; returns the database's address through it.
    pub fn before(url: &DatabaseUrl) -> (Proxy, DatabaseUrl) {
        let DatabaseUrl::Postgres(url) = url else {
            panic!("{url:?} has no line")
        };
        let (name, rest) = url.rsplit_once('/').map_or((url.as_str(), ""), |_| {
            let rest = url.trim_start_matches("postgres:///");
            rest.split_once('?').expect("options")
        });
        let socket = rest
            .split('&')
            .find_map(|option| option.strip_prefix("host="));
        let socket = format!("{}/.s.PGSQL.5432", socket.expect("a directory"));
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let proxy = Proxy {
            port: listener.local_addr().expect("an address").port(),
            line: Arc::new((Mutex::new(ProxyMode::Open), Condvar::new())),
        };
        let through = format!("postgres://suite@127.0.0.1:{}/{name}", proxy.port);
        let accepting = proxy.clone();
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                if accepting.now() != ProxyMode::Cut {
                    accepting.join(client, &socket);
                }
            }
        });
        (proxy, through.parse().expect("an address"))
    }

    pub fn open(&self) {
        self.set(ProxyMode::Open);
    }

    pub fn silence(&self) {
        self.set(ProxyMode::Silent);
    }

    pub fn cut(&self) {
        self.set(ProxyMode::Cut);
    }

    pub fn cut_after_commit(&self) {
        self.set(ProxyMode::CutAfterCommit);
    }

    fn set(&self, line: ProxyMode) {
        *self.line.0.lock().expect("no panic") = line;
        self.line.1.notify_all();
    }

    fn now(&self) -> ProxyMode {
        *self.line.0.lock().expect("no panic")
    }

    /// The state of the proxy once it isn't silent.
    fn wait(&self) -> ProxyMode {
        let line = self.line.0.lock().expect("no panic");
        let is_silent = |line: &mut ProxyMode| *line == ProxyMode::Silent;
        *self.line.1.wait_while(line, is_silent).expect("no panic")
    }

    fn join(&self, client: TcpStream, socket: &str) {
        let Ok(server) = UnixStream::connect(socket) else {
            return;
        };
        let (to_server, to_client) = (server.try_clone(), client.try_clone());
        let (mut to_server, mut to_client) =
            (to_server.expect("a socket"), to_client.expect("a socket"));
        let is_cut = Arc::new(Mutex::new(false));
        let (up, up_cut) = (self.clone(), is_cut.clone());
        std::thread::spawn(move || {
            let mut client = client;
            up.forward(&mut client, &mut to_server, |bytes| {
                let is_commit = bytes.windows(6).any(|word| word == b"COMMIT");
                if is_commit && up.now() == ProxyMode::CutAfterCommit {
                    *up_cut.lock().expect("no panic") = true;
                    up.open();
                }
                true
            });
            let _ = to_server.shutdown(Shutdown::Both);
        });
        let down = self.clone();
        std::thread::spawn(move || {
            let mut server = server;
            down.forward(&mut server, &mut to_client, |_| {
                !*is_cut.lock().expect("no panic")
            });
            let _ = to_client.shutdown(Shutdown::Both);
        });
    }

    /// Passes bytes on until either side ends, the connection is cut, or `judge` says so.
    fn forward(&self, from: &mut impl Read, to: &mut impl Write, judge: impl Fn(&[u8]) -> bool) {
        let mut buffer = [0; 16 * 1024];
        while let Ok(count) = from.read(&mut buffer) {
            let bytes = &buffer[..count];
            if count == 0
                || self.wait() == ProxyMode::Cut
                || !judge(bytes)
                || to.write_all(bytes).is_err()
            {
                return;
            }
        }
    }
}
