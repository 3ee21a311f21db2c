//! A county's server as `assets/deploy/INSTALL.md` sets it up, on the loopback: its own sshd with the very block that is
//! shipped, the program owned by root, the database owned by a service user, keys made by `ssh-keygen`.
//!
//! It needs root, directly or through sudo, because sshd changes users. Where sshd is missing the tests fail.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::support::{Ran, finish};

const SSHD: &str = "/usr/sbin/sshd";
const SHIPPED: &str = include_str!("../../../assets/deploy/sshd_pingshen.conf");

/// The three administrators.
pub const SYSADMIN: &str = "甲";
pub const SECADMIN: &str = "乙";
pub const AUDITOR: &str = "丙";

/// The Centre, which is there from the beginning.
pub const CENTRE: &str = "县大数据发展服务中心";

/// As the instructions have it, with names of its own.
const INSTALL: &str = r#"
set -e
mkdir -p /run/sshd
install -d -o root -g root -m 0755 "$1"
install -o root -g root -m 0755 "$2" "$1/pingshen"
useradd -r -M -d "$1/data" -s /bin/sh "$3"
usermod -p '*' "$3"
useradd -r -M -d /nonexistent -s /usr/sbin/nologin "$4"
install -d -o "$3" -g "$3" -m 0711 "$1/data"
"#;

/// A county's machine would go on serving others: everything goes but what was there before.
const REMOVE: &str = r#"
userdel -f "$3"
userdel -f "$4"
rm -rf "$1"
"#;

/// The server, taken down when dropped.
pub struct Server {
    /// The folder of the people who come in, on their own machines.
    pub home: TempDir,
    /// The service user.
    pub user: String,
    /// The user sshd asks for keys as.
    pub keys_user: String,
    place: PathBuf,
    port: u16,
    sshd: Option<Child>,
    log: Arc<Mutex<String>>,
}

/// A person's key.
pub struct Key {
    /// The file of the private one.
    pub file: PathBuf,
    /// The line of the public one.
    pub public: String,
    /// What `ssh-keygen -l` prints.
    pub fingerprint: String,
}

/// Prepares a program to be run as root.
fn root(program: &str) -> Command {
    if rustix::process::geteuid().is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("sudo");
    command.args(["--non-interactive", "--", program]);
    command
}

#[track_caller]
fn said(mut command: Command) -> String {
    let output = command.stdin(Stdio::null()).output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{command:?}: {out}{err}");
    out.into_owned()
}

impl Server {
    /// Installs the program, makes the database with its three administrators, and starts sshd with the block as it is
    /// shipped.
    pub fn new() -> Server {
        let mut server = Server::installed();
        let block = server.block();
        server.start(&block);
        server
    }

    /// Does all that but start sshd.
    pub fn installed() -> Server {
        assert!(Path::new(SSHD).exists(), "no {SSHD}: install openssh-server, as .ci/run does");
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = format!("{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let server = Server {
            home: TempDir::new().unwrap(),
            user: format!("psh-{number}"),
            keys_user: format!("psk-{number}"),
            place: PathBuf::from(format!("/var/lib/psh-{number}")),
            port: 0,
            sshd: None,
            log: Arc::default(),
        };
        server.as_root(INSTALL);
        let three = ["--sysadmin", SYSADMIN, "--secadmin", SECADMIN, "--auditor", AUDITOR];
        finish(server.program(&server.user, &[&["init", "--mode", "shared"][..], &three].concat()), None).code(0);
        server
    }

    #[track_caller]
    fn as_root(&self, script: &str) {
        let mut command = root("sh");
        command.args(["-c", script, "sh"]).arg(&self.place).arg(env!("CARGO_BIN_EXE_pingshen"));
        command.args([&self.user, &self.keys_user]);
        said(command);
    }

    /// Names a file of the service user's.
    pub fn at(&self, name: &str) -> String {
        self.place.join("data").join(name).to_string_lossy().into_owned()
    }

    /// Names the database.
    pub fn database(&self) -> String {
        self.at("pingshen.db")
    }

    fn installed_program(&self) -> String {
        self.place.join("pingshen").to_string_lossy().into_owned()
    }

    /// The block that is shipped, with this server's names for those of the instructions.
    pub fn block(&self) -> String {
        let mut block = SHIPPED.to_owned();
        for (shipped, here) in [
            ("/usr/bin/pingshen", self.installed_program()),
            ("/var/lib/pingshen/pingshen.db", self.database()),
            ("AuthorizedKeysCommandUser pingshen-keys", format!("AuthorizedKeysCommandUser {}", self.keys_user)),
            ("Match User pingshen", format!("Match User {}", self.user)),
        ] {
            assert!(block.contains(shipped), "{shipped} is no more in the block that is shipped");
            block = block.replace(shipped, &here);
        }
        block
    }

    /// Starts sshd with a block. The rest of its settings is as careless as an administrator can be.
    pub fn start(&mut self, block: &str) {
        let host = self.home.path().join("host");
        let mut keygen = Command::new("ssh-keygen");
        keygen.args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&host);
        said(keygen);
        self.port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let settings = format!(
            "Port {}\nListenAddress 127.0.0.1\nHostKey {}\nPidFile none\nUsePAM no\nMaxStartups 100\n\
             AcceptEnv *\nSubsystem sftp internal-sftp\n\n{block}",
            self.port,
            host.display()
        );
        let file = self.home.path().join("sshd_config");
        std::fs::write(&file, settings).unwrap();
        let public = std::fs::read_to_string(host.with_extension("pub")).unwrap();
        std::fs::write(self.home.path().join("known_hosts"), format!("[127.0.0.1]:{} {public}", self.port)).unwrap();

        let mut sshd = root(SSHD);
        sshd.args(["-D", "-e", "-f"]).arg(&file).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = sshd.spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        self.sshd = Some(child);
        let begun: Vec<String> = lines.by_ref().take_while(|line| !line.contains("Server listening")).collect();
        *self.log.lock().unwrap() = begun.join("\n");
        let log = Arc::clone(&self.log);
        std::thread::spawn(move || lines.for_each(|line| log.lock().unwrap().extend([line.as_str(), "\n"])));
    }

    /// What sshd said.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Prepares the program to be run on the server, as a user of the machine.
    pub fn program(&self, user: &str, args: &[&str]) -> Command {
        let mut command = root("runuser");
        command.args(["-u", user, "--", &self.installed_program(), "--db", &self.database()]).args(args);
        command.current_dir("/").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs the program on the server as an account.
    pub fn by(&self, account: &str, args: &[&str], input: Option<&str>) -> Ran {
        finish(self.program(&self.user, &[&["--as", account], args].concat()), input)
    }

    /// Adds a person who may act, with a key in force.
    #[track_caller]
    pub fn person(&self, account: &str, unit: &str, role: &str) -> Key {
        let key = self.key(account);
        let add = ["user", "add", account, "--name", account, "--unit", unit, "--role", role, "--ssh-key", "-"];
        self.by(SYSADMIN, &add, Some(&key.public)).code(0);
        self.by(SECADMIN, &["user", "activate", account], None).code(0);
        self.by(SECADMIN, &["user", "key", "activate", &key.fingerprint], None).code(0);
        key
    }

    /// Adds a person who may act and has no key.
    #[track_caller]
    pub fn member(&self, account: &str, role: &str) {
        self.by(SYSADMIN, &["user", "add", account, "--name", account, "--unit", CENTRE, "--role", role], None).code(0);
        self.by(SECADMIN, &["user", "activate", account], None).code(0);
    }

    /// Counts the programs that run as the service user.
    pub fn programs(&self) -> usize {
        let mut print = Command::new("id");
        print.args(["-u", &self.user]);
        let uid = said(print).trim().to_owned();
        let of_user = |process: &std::fs::DirEntry| {
            let status = std::fs::read_to_string(process.path().join("status")).unwrap_or_default();
            let line = |name: &str| status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim();
            line("Name:") == "pingshen" && line("Uid:").split('\t').next() == Some(uid.as_str())
        };
        std::fs::read_dir("/proc").unwrap().map_while(Result::ok).filter(of_user).count()
    }

    /// Waits until nobody's program runs any more.
    #[track_caller]
    pub fn wait_until_alone(&self, patience: Duration) {
        let begun = Instant::now();
        while self.programs() > 0 {
            assert!(begun.elapsed() < patience, "{} programs go on", self.programs());
            std::thread::yield_now();
        }
    }

    /// Makes a key on the person's own machine.
    #[track_caller]
    pub fn key(&self, name: &str) -> Key {
        let file = self.home.path().join(name);
        let mut keygen = Command::new("ssh-keygen");
        keygen.args(["-q", "-t", "ed25519", "-N", "", "-C", name, "-f"]).arg(&file);
        said(keygen);
        let public = file.with_extension("pub");
        let mut print = Command::new("ssh-keygen");
        print.arg("-lf").arg(&public);
        let fingerprint = said(print).split(' ').nth(1).unwrap().to_owned();
        Key { file, public: std::fs::read_to_string(public).unwrap(), fingerprint }
    }

    /// The arguments with which a person's client reaches the server.
    pub fn client(&self, key: &Key) -> Vec<String> {
        let known = format!("UserKnownHostsFile={}", self.home.path().join("known_hosts").display());
        let own = [
            "-F",
            "none",
            "-o",
            "BatchMode=yes",
            "-o",
            "IdentitiesOnly=yes",
            "-o",
            "StrictHostKeyChecking=yes",
            "-o",
            &known,
            "-o",
            "LogLevel=ERROR",
            "-i",
        ];
        let mut args: Vec<String> = own.iter().map(|it| (*it).to_owned()).collect();
        args.extend([key.file.to_string_lossy().into_owned(), "-o".to_owned(), format!("Port={}", self.port)]);
        args
    }

    /// Names the server to a client.
    pub fn host(&self) -> String {
        format!("{}@127.0.0.1", self.user)
    }

    /// Prepares `ssh` with further options and what is asked for.
    pub fn ssh(&self, key: &Key, options: &[&str], asked: &[&str]) -> Command {
        let mut command = Command::new("ssh");
        command.args(self.client(key)).args(options).arg(self.host()).env("HOME", self.home.path());
        if !asked.is_empty() {
            // What begins with a dash is the server's, not the client's.
            command.arg("--").args(asked);
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Asks for something over SSH and tells what came of it.
    pub fn asked(&self, key: &Key, asked: &[&str]) -> Ran {
        finish(self.ssh(key, &[], asked), None)
    }

    /// Reads the log as the auditor.
    pub fn audit(&self) -> Vec<serde_json::Value> {
        let list = self.by(AUDITOR, &["--json", "audit", "list", "--limit", "1000"], None).code(0).json();
        list["items"].as_array().unwrap().clone()
    }

    /// Writes the list of keys by hand.
    pub fn write_list(&self, text: &str) {
        let mut command = root("tee");
        command.arg(self.at("pingshen.db.keys")).stdout(Stdio::null());
        assert_eq!(finish(command, Some(text)).code, 0);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(mut sshd) = self.sshd.take() {
            let _ = root("kill").arg(sshd.id().to_string()).status();
            let _ = sshd.wait();
        }
        let _ = root("sh")
            .args(["-c", REMOVE, "sh"])
            .arg(&self.place)
            .arg("")
            .args([&self.user, &self.keys_user])
            .stderr(Stdio::null())
            .status();
        if std::thread::panicking() {
            let _ = writeln!(std::io::stderr(), "sshd said:\n{}", self.log());
        }
    }
}
