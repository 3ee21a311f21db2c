//! A county office in a temporary folder: a database, accounts, and the program to run.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The Centre's accounts of the journey, each with its role.
pub const CENTRE: &[(&str, &str)] = &[
    ("intake", "intake"),
    ("reviewer", "reviewer"),
    ("lead", "lead"),
    ("signer", "signer"),
    ("planning", "planning"),
    ("finance", "finance"),
];

/// A folder with a database.
pub struct Office {
    folder: TempDir,
}

/// What a run of the program came to.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    /// Expects an exit code.
    #[track_caller]
    pub fn code(self, expected: i32) -> Ran {
        assert_eq!(self.code, expected, "{}\n{}", self.stdout, self.stderr);
        self
    }

    /// Reads the one JSON document.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

impl Office {
    /// A folder without a database.
    pub fn empty() -> Office {
        let private = std::os::unix::fs::PermissionsExt::from_mode(0o700);
        Office { folder: tempfile::Builder::new().permissions(private).tempdir().unwrap() }
    }

    /// A local database of whoever runs the test.
    pub fn local() -> Office {
        let office = Office::empty();
        office.run(&["init"]).code(0);
        office
    }

    /// A local database with an account for every role of the Centre, the forms' first unit, and its clerk `edu`.
    pub fn staffed() -> Office {
        let office = Office::local();
        for (account, role) in CENTRE {
            let unit = "县大数据发展服务中心";
            office.run(&["user", "add", account, "--name", account, "--unit", unit, "--role", role]).code(0);
        }
        office.run(&["unit", "add", "县教育局", "--kind", "county-organ"]).code(0);
        office.run(&["user", "add", "edu", "--name", "教育局经办", "--unit", "县教育局", "--role", "unit"]).code(0);
        office
    }

    /// Names a file in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Names the database.
    pub fn database(&self) -> PathBuf {
        self.path("office.db")
    }

    /// Writes a file.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        std::fs::write(self.path(name), content).unwrap();
        self.path(name).to_string_lossy().into_owned()
    }

    /// Prepares the program with an environment of its own.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pingshen"));
        command
            .args(args)
            .env_clear()
            .env("HOME", self.folder.path())
            .env("PINGSHEN_DB", self.database())
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs the program as the account bound to the operating system's user.
    pub fn run(&self, args: &[&str]) -> Ran {
        finish(self.command(args), None)
    }

    /// Runs it as an account.
    pub fn by(&self, account: &str, args: &[&str]) -> Ran {
        self.run(&[&["--as", account], args].concat())
    }

    /// Runs it as an account with something on its standard input.
    pub fn fed(&self, account: &str, args: &[&str], input: &str) -> Ran {
        finish(self.command(&[&["--as", account], args].concat()), Some(input))
    }

    /// Performs an action and tells the stage it led to.
    #[track_caller]
    pub fn act(&self, account: &str, code: &str, action: &str, set: &[&str]) -> String {
        let mut args = vec!["--json", "do", code, action];
        for pair in set {
            args.extend(["--set", pair]);
        }
        let answer = self.by(account, &args).code(0).json();
        answer["stage"].as_str().unwrap().to_owned()
    }

    /// Imports the education bureau's form and tells the code of its project of 62.5 万元.
    pub fn import_training_platform(&self) -> String {
        let report = self.by("edu", &["--json", "import", &sample("01_县教育局_申报表.xlsx")]).code(0).json();
        let created = report["created"].as_array().unwrap();
        let platform = created.iter().find(|line| line["name"] == "教师培训平台").unwrap();
        platform["code"].as_str().unwrap().to_owned()
    }
}

/// Runs a prepared command to its end.
pub fn finish(mut command: Command, input: Option<&str>) -> Ran {
    if input.is_some() {
        command.stdin(Stdio::piped());
    }
    let mut child = command.spawn().unwrap();
    if let Some(input) = input {
        // The program may refuse its arguments before it reads.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    }
    let output = child.wait_with_output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Names a sample form.
pub fn sample(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample").join(name).to_string_lossy().into_owned()
}

/// Replaces text of the same length throughout a file, the way other hands would. Tells how often.
pub fn replace_bytes(file: &Path, from: &[u8], to: &[u8]) -> usize {
    assert_eq!(from.len(), to.len());
    let mut bytes = std::fs::read(file).unwrap();
    let mut found = 0;
    let mut at = 0;
    while at + from.len() <= bytes.len() {
        if bytes[at..].starts_with(from) {
            bytes[at..at + to.len()].copy_from_slice(to);
            found += 1;
        }
        at += 1;
    }
    std::fs::write(file, bytes).unwrap();
    found
}

/// Expects that a terminal would obey nothing of what was printed.
#[track_caller]
pub fn assert_harmless(ran: &Ran) {
    let obeyed =
        |c: char| c != '\n' && (c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'));
    for text in [&ran.stdout, &ran.stderr] {
        assert!(!text.chars().any(obeyed), "{text:?}");
    }
}
