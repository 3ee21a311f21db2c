//! What people try who want more than the program: nothing of it may lead anywhere.

use std::io::Read;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::server::{CENTRE, Key, Server};
use crate::support::{Ran, finish};

/// Lines that ask for a shell, for files of the server, for other accounts.
const LINES: &[&[&str]] = &[
    &["sh"],
    &["/bin/sh", "-c", "id"],
    &["bash -i"],
    &["-c", "id"],
    &["; id"],
    &["queue; id"],
    &["queue && id"],
    &["queue || id"],
    &["queue | id"],
    &["queue\nid"],
    &["queue $(id)"],
    &["queue `id`"],
    &["queue > PWNED"],
    &["list --filter '$(touch PWNED)'"],
    &["'queue\" ; id"],
    &["--db", "/etc/passwd", "queue"],
    &["--as", "甲", "user", "list"],
    &["queue", "--as=甲"],
    &["import", "/etc/passwd"],
    &["policy", "check", "/etc/passwd"],
    &["policy", "text", "/etc/passwd"],
    &["config", "check", "/etc/passwd"],
    &["project", "new", "/etc/passwd"],
    &["do", "YS2027-0001", "submit", "--input", "/etc/passwd"],
    &["do", "YS2027-0001", "submit", "--attach", "/etc/passwd"],
    &["judge", "YS2027-0001", "--input", "/etc/passwd"],
    &["meeting", "note", "YS2027-0001", "said/Z001=@/etc/passwd"],
    &["user", "key", "add", "intake", "/etc/ssh/ssh_host_ed25519_key"],
    &["expert", "import", "/proc/self/environ"],
    &["expert", "export", "-o", "PWNED"],
    &["document", "YS2027-0001", "opinion", "-o", "PWNED"],
    &["meeting", "minutes", "-o", "PWNED"],
    &["backup", "PWNED"],
    &["--db", "PWNED", "init"],
    &["demo", "--no-open"],
    &["authorized-keys"],
    &["authorized-keys", "--rebuild"],
    &["ssh-session"],
    &["config", "show"],
];

/// Tells whether anything got out, by what a shell or the server's files would have said.
fn escaped(ran: &Ran) -> bool {
    let told = format!("{}{}", ran.stdout, ran.stderr);
    ["uid=", "root:", "/bin/sh:", "SSH_CONNECTION=", "PRIVATE KEY"].iter().any(|sign| told.contains(sign))
}

#[test]
fn t29_no_line_leads_to_a_shell_a_file_or_another_account() {
    let server = Server::new();
    let key = server.person("intake", CENTRE, "intake");
    let pwned = format!("/tmp/pwned-{}", server.user);
    let next = AtomicUsize::new(0);
    // Several at once, as an attacker would.
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while let Some(line) = LINES.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let line: Vec<String> = line.iter().map(|word| word.replace("PWNED", &pwned)).collect();
                    let words: Vec<&str> = line.iter().map(String::as_str).collect();
                    let ran = server.asked(&key, &words);
                    assert!(!escaped(&ran), "{words:?}: {ran:?}");
                    // Only words within quotes are words of the program's own, and none of these says what it wants.
                    assert_ne!(ran.code, 255, "{words:?} did not even arrive: {ran:?}");
                    assert!(ran.code != 0 || words[0].starts_with("list"), "{words:?}: {ran:?}");
                    assert_ne!(ran.code, 1, "{words:?}: {ran:?}");
                }
            });
        }
    });
    assert!(!std::path::Path::new(&pwned).exists());
    // The environment that a careless sshd lets through says nothing: not who, not where, not with what.
    let sent = [
        "-o",
        "SetEnv=PINGSHEN_AS=甲 PINGSHEN_DB=/etc/passwd EDITOR=sh PAGER=sh HOME=/tmp TZ=/x SSH_USER_AUTH=/etc/passwd",
    ];
    let ran = finish(server.ssh(&key, &sent, &["--json", "list"]), None).code(0);
    assert_eq!(ran.json()["total"], 0);
    let ran = finish(server.ssh(&key, &["-o", "SetEnv=LC_ALL=$(id) TERM=../../x"], &["user", "list"]), None).code(4);
    assert!(!escaped(&ran), "{ran:?}");
}

/// Runs a program that transfers files and tells whether it was of any use.
fn transfers(server: &Server, key: &Key, program: &str, args: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(server.client(key)).args(args).env("HOME", server.home.path());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success()
}

#[test]
fn t29_no_file_is_transferred_and_no_port_forwarded() {
    let server = Server::new();
    let key = server.person("intake", CENTRE, "intake");
    let (host, own) = (server.host(), server.home.path().join("own"));
    let own = own.to_string_lossy().into_owned();
    let theirs = format!("{host}:/etc/passwd");
    assert!(!transfers(&server, &key, "scp", &["-q", &theirs, &own]));
    assert!(!transfers(&server, &key, "scp", &["-q", "-O", &theirs, &own]));
    assert!(!transfers(&server, &key, "scp", &["-q", "-O", "/etc/hostname", &format!("{host}:/tmp/x")]));
    assert!(!transfers(&server, &key, "sftp", &["-q", &host]));
    assert!(!std::path::Path::new(&own).exists());
    // The subsystem by name runs the program all the same, without anything asked for that it knows.
    let ran = finish(server.ssh(&key, &["-s"], &["sftp"]), None);
    assert_ne!(ran.code, 0, "{ran:?}");

    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let inside = format!("127.0.0.1:{}", listener.local_addr().unwrap().port());
    let ran = finish(server.ssh(&key, &["-W", &inside], &[]), None);
    assert_ne!(ran.code, 0, "{ran:?}");
    let strict = ["-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:22", "-N"];
    finish(server.ssh(&key, &strict, &[]), None).code(255);
    for forward in ["-L", "-D"] {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let way = if forward == "-L" { format!("{free}:{inside}") } else { free.to_string() };
        // The session stays as long as its input does; the forward, if there were one, as long.
        let mut client = server.ssh(&key, &[forward, &way], &["import", "-"]);
        let mut client = client.stdin(Stdio::piped()).spawn().unwrap();
        let mut through = loop {
            // The client listens once it is in; refused until then.
            match TcpStream::connect((Ipv4Addr::LOCALHOST, free)) {
                Ok(through) => break through,
                Err(_) => assert!(client.try_wait().unwrap().is_none(), "{forward}: the client left"),
            }
        };
        if forward == "-D" {
            use std::io::Write;
            let port: u16 = inside.rsplit(':').next().unwrap().parse().unwrap();
            through.write_all(&[5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1]).unwrap();
            through.write_all(&port.to_be_bytes()).unwrap();
        }
        let mut told = Vec::new();
        let _ = through.read_to_end(&mut told);
        listener.set_nonblocking(true).unwrap();
        assert!(listener.accept().is_err(), "{forward} reached a port inside");
        drop(client.stdin.take());
        client.wait().unwrap();
    }
}

#[test]
fn t30_a_key_without_a_forced_command_opens_no_shell_and_without_the_floor_it_would() {
    let bare = |floor: bool| {
        let mut server = Server::installed();
        let key = server.person("intake", CENTRE, "intake");
        let file = server.home.path().join("authorized_keys");
        // The folder and file of somebody who put a key there by hand.
        std::fs::write(&file, &key.public).unwrap();
        let block: String = server
            .block()
            .lines()
            .filter(|line| !line.trim_start().starts_with("AuthorizedKeys"))
            .filter(|line| floor || !line.trim_start().starts_with("ForceCommand"))
            .map(|line| format!("{line}\n"))
            .collect();
        let by_hand = format!(
            "{block}    AuthorizedKeysCommand /bin/cat {}\n    AuthorizedKeysCommandUser root\n",
            file.display()
        );
        server.start(&by_hand);
        let shells = ["id", "sh -c id"].iter().filter(|line| escaped(&server.asked(&key, &[line]))).count();
        let screen = finish(server.ssh(&key, &["-T"], &[]), Some("id\n"));
        shells + usize::from(escaped(&screen))
    };
    assert_eq!(bare(true), 0, "the floor holds");
    assert_eq!(bare(false), 3, "without it the same lines are a shell's: the test can fail");
}
