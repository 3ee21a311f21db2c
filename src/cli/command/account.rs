//! `user`: accounts.

use serde_json::json;

use super::{done, execute, key};
use crate::cli::args::User;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::{Report, Table};
use crate::cli::place::Place;
use crate::domain::findings::disposition::Sheet;
use crate::service::Mode;
use crate::service::batch::{BatchAnswer, BatchItem, Otherwise};
use crate::service::command::{Command, KeyOrder};
use crate::service::error::Error;
use crate::service::view::directory::Accounts;
use crate::wording::labels;

/// Runs a command about accounts.
pub fn run(place: &Place, command: User) -> Outcome<Report> {
    let command = match command {
        User::List => return list(place),
        User::Key(command) => return key::run(place, command),
        User::Add { account, name, unit, role, os_user, ssh_key } => {
            let add = Command::AddAccount { code: account.clone(), name, unit, roles: role, os_user };
            match ssh_key {
                None => add,
                Some(file) => return add_with_key(place, add, account, place.read_text(&file)?),
            }
        }
        User::Disable { account } => Command::SetAccountActive { code: account, active: false },
        User::Activate { account } => Command::SetAccountActive { code: account, active: true },
        User::Role { add, remove, .. } if add.is_empty() && remove.is_empty() => {
            return Err(Failure::usage("没有要增减的角色", "请写明 --add 角色 或 --remove 角色"));
        }
        User::Role { account, add, remove } => Command::ChangeRoles { code: account, add, remove },
    };
    let proposed = matches!(command, Command::AddAccount { .. });
    let (what, audit, found) = execute(place, command, false)?;
    if proposed {
        return told_of_activation(place, done(&what, audit.as_ref(), &found));
    }
    key::told_of_the_list(place, done(&what, audit.as_ref(), &found))
}

/// Says who lets a new account in, where it is not let in at once.
fn told_of_activation(place: &Place, mut report: Report) -> Outcome<Report> {
    let (mut service, _) = place.open()?;
    if service.mode()? == Mode::Shared {
        report.text.push_str("账号和密钥由安全管理员启用后才能使用：user activate 账号，user key activate 指纹");
    }
    Ok(report)
}

/// Adds an account together with its first key: both or neither.
fn add_with_key(place: &Place, add: Command, account: String, line: String) -> Outcome<Report> {
    let (mut service, session) = place.open()?;
    let propose = Command::Key(KeyOrder::Propose { account, line });
    let both = BatchItem::new(vec![add, propose]);
    match service.execute_batch(&session, &[both], Otherwise::Nothing)?.pop() {
        Some(BatchAnswer::Done(receipt)) => {
            told_of_activation(place, done(&receipt.done, Some(&receipt.audit), &Sheet::default()))
        }
        Some(BatchAnswer::Failed(error)) => Err(error.into()),
        Some(BatchAnswer::HeldBack(_)) | None => Err(Error::Bug("a batch of one without an answer".to_owned()).into()),
    }
}

fn list(place: &Place) -> Outcome<Report> {
    let (mut service, session) = place.open()?;
    let accounts = service.ask(&session, Accounts)?;
    let mut table = Table::new(&["账号", "姓名", "单位", "状态", "系统用户", "角色"]);
    let mut items = Vec::new();
    for account in &accounts {
        let names: Vec<&str> = account.roles.iter().map(|role| labels::role(*role)).collect();
        table.row([
            account.code.clone(),
            account.name.clone(),
            account.unit_name.clone(),
            labels::account_status(account.status).to_owned(),
            account.os_user.clone().unwrap_or_default(),
            names.join("、"),
        ]);
        items.push(json!({
            "account": account.code,
            "name": account.name,
            "unit": account.unit_name,
            "status": account.status.code(),
            "os_user": account.os_user,
            "roles": account.roles.iter().map(|role| role.code()).collect::<Vec<_>>(),
        }));
    }
    let text = format!("{}\n共 {} 个账号", table.text(), accounts.len());
    Ok(Report::new(json!({ "total": accounts.len(), "items": items }), text))
}
