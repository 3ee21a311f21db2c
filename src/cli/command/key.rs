//! `user key` and `authorized-keys`: the keys with which people come in over SSH.

use std::path::Path;

use serde_json::{Value, json};

use super::{Answer, done, execute};
use crate::cli::args::{AuthorizedKeys, UserKey};
use crate::cli::failure::{Failure, FailureKind, Outcome};
use crate::cli::output::{Report, Table};
use crate::cli::person;
use crate::cli::place::Place;
use crate::domain::key::{Fingerprint, PublicKey};
use crate::domain::workflow::record::Hand;
use crate::service::clock::Clock;
use crate::service::command::{Command, KeyOrder};
use crate::service::error::Kind;
use crate::service::line::{list_beside, read_list};
use crate::service::view::keys::Keys;
use crate::service::{AccountKey, Service};

/// Runs a command about keys.
pub fn run(place: &Place, command: UserKey) -> Outcome<Report> {
    let order = match command {
        UserKey::List { account } => return list(place, account),
        UserKey::Add { account, file } => KeyOrder::Propose { account, line: place.read_text(&file)? },
        UserKey::Activate { fingerprint } => KeyOrder::Activate { fingerprint },
        UserKey::Revoke { fingerprint } => KeyOrder::Revoke { fingerprint },
    };
    let proposed = matches!(order, KeyOrder::Propose { .. });
    let (what, audit, found) = execute(place, Command::Key(order), false)?;
    let mut report = done(&what, audit.as_ref(), &found);
    if proposed {
        report.text.push_str("由安全管理员启用后才能登录：pingshen user key activate 指纹");
    }
    told_of_the_list(place, report)
}

/// Adds to a report that the list sshd asks could not be written, where that is so.
pub fn told_of_the_list(place: &Place, mut report: Report) -> Outcome<Report> {
    let mut service = Service::open(&place.database, Clock::System)?;
    let current = service.key_list_is_current()?;
    if let Value::Object(fields) = &mut report.document {
        fields.insert("key_list_current".to_owned(), json!(current));
    }
    if !current {
        report.text.push_str(
            "\n注意：登录名单没有写成，新启用的密钥暂时不能登录（吊销的已经不能办理）；\
             请检查磁盘和目录权限后以服务账号执行 pingshen authorized-keys --rebuild",
        );
    }
    Ok(report)
}

fn state(key: &AccountKey) -> (&'static str, &'static str) {
    match (&key.revoked, &key.activated) {
        (Some(_), _) => ("revoked", "已吊销"),
        (None, Some(_)) => ("active", "在用"),
        (None, None) => ("proposed", "待启用"),
    }
}

fn list(place: &Place, account: Option<String>) -> Outcome<Report> {
    let (mut service, session) = place.open()?;
    let keys = service.ask(&session, Keys { account })?;
    let mut table = Table::new(&["账号", "状态", "类型", "指纹", "提出", "启用", "备注"]).whole(3);
    let hand = |hand: Option<&Hand>| match hand {
        Some(hand) => json!({ "name": hand.name, "at": hand.at.to_rfc3339() }),
        None => Value::Null,
    };
    let name = |hand: Option<&Hand>| hand.map(|hand| hand.name.clone()).unwrap_or_default();
    let mut items = Vec::new();
    for key in &keys {
        let (code, label) = state(key);
        table.row([
            key.account_code.clone(),
            label.to_owned(),
            key.key.kind.clone(),
            // Whole, because it is what the other commands ask for.
            key.key.fingerprint.to_string(),
            name(Some(&key.added)),
            name(key.activated.as_ref()),
            key.key.comment.clone(),
        ]);
        items.push(json!({
            "account": key.account_code,
            "status": code,
            "kind": key.key.kind,
            "fingerprint": key.key.fingerprint.as_str(),
            "comment": key.key.comment,
            "added": hand(Some(&key.added)),
            "activated": hand(key.activated.as_ref()),
            "revoked": hand(key.revoked.as_ref()),
        }));
    }
    let text = format!("{}\n共 {} 把密钥", table.text(), keys.len());
    Ok(Report::new(json!({ "total": keys.len(), "items": items }), text))
}

/// Prints what sshd asks for. Whoever asks is not known yet, so whatever is missing or does not fit is answered with
/// nothing, and the database is not opened.
pub fn authorized(place: &Place, args: &AuthorizedKeys) -> Outcome<Answer> {
    if args.rebuild {
        return rebuild(place).map(Answer::Report);
    }
    let list = list_beside(&place.database);
    let meant = args.os_user.as_ref().is_none_or(|os_user| person::owner(&list).as_ref() == Some(os_user));
    let wanted = args.fingerprint.as_deref().map(Fingerprint::parse);
    let keys = if meant { read_list(&list).unwrap_or_default() } else { Vec::new() };
    let fits = |key: &&PublicKey| match &wanted {
        None => true,
        Some(fingerprint) => fingerprint.as_ref() == Some(&key.fingerprint),
    };
    let program = std::env::current_exe().ok();
    let lines = keys.iter().filter(fits).filter_map(|key| line(program.as_deref()?, &place.database, key));
    Ok(Answer::Verbatim(lines.collect::<String>().into_bytes()))
}

/// Writes a line of sshd's: nothing but a terminal and this one program. Should the floor in sshd's own settings be
/// missing, the key still opens no shell.
fn line(program: &Path, database: &Path, key: &PublicKey) -> Option<String> {
    let database = std::path::absolute(database).ok()?;
    let words = [program.to_str()?, "--db", database.to_str()?, "ssh-session", "--key", key.fingerprint.as_str()];
    let command = shlex::try_join(words).ok()?;
    let command = command.replace('\\', "\\\\").replace('"', "\\\"");
    Some(format!("restrict,pty,command=\"{command}\" {} {}\n", key.kind, key.blob))
}

fn rebuild(place: &Place) -> Outcome<Report> {
    let mut service = Service::open(&place.database, Clock::System)?;
    let list = list_beside(&place.database);
    match service.publish_keys()? {
        Ok(count) => {
            let document = json!({ "file": list.to_string_lossy(), "keys": count });
            Ok(Report::new(document, format!("已写出登录名单 {}：{count} 把密钥。", list.display())))
        }
        Err(error) => Err(Failure::new(
            FailureKind::Service(Kind::Unavailable),
            format!("登录名单 {} 没有写成：{error}", list.display()),
            "请以服务账号（数据库文件的所有者）执行，并检查目录权限和磁盘",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_lets_the_one_program_run_and_says_nothing_of_people() {
        let text = include_str!("../../../tests/fixtures/keys/ed25519.pub");
        let key = PublicKey::read(text).unwrap();
        let line = line(Path::new("/usr/bin/pingshen"), Path::new("/var/lib/评审 室/a\"b.db"), &key).unwrap();
        assert!(line.starts_with("restrict,pty,command=\"/usr/bin/pingshen --db "), "{line}");
        assert!(
            line.ends_with(&format!("ssh-session --key {}\" {} {}\n", key.fingerprint, key.kind, key.blob)),
            "{line}"
        );
        assert!(line.contains("a\\\"b.db"), "{line}");
        assert!(!line.contains("张三"));
    }
}
