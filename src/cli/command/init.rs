//! `init`: a new database.

use serde_json::json;

use crate::cli::args::Init;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::Report;
use crate::cli::place::Place;
use crate::domain::actor::Role;
use crate::domain::policy;
use crate::service::clock::Clock;
use crate::service::error::{Error, Invalid};
use crate::service::{FirstAccount, Mode, Service, Setup};
use crate::wording::labels;

/// Creates the database.
pub fn run(place: &Place, args: &Init) -> Outcome<Report> {
    let accounts = match args.mode {
        Mode::Local => vec![local(args, &place.os_user)?],
        Mode::Shared => administrators(args)?,
    };
    let policy = match &args.policy {
        Some(file) => place.read_text(file)?,
        None => policy::EMBEDDED.to_owned(),
    };
    // Told before anything is created.
    let id = policy::parse(&policy)
        .map_err(|problems| Error::Invalid(problems.into_iter().map(Invalid::Policy).collect()))?
        .id;
    let setup = Setup { mode: args.mode, accounts, policy, os_user: place.os_user.clone(), sample: false };
    place.prepare_folder()?;
    Service::create(&place.database, &setup, Clock::System)?;
    let listed = setup.accounts.iter().map(|account| {
        json!({
            "account": account.code,
            "os_user": account.os_user,
            "roles": account.roles.iter().map(|role| role.code()).collect::<Vec<_>>(),
        })
    });
    let document = json!({
        "database": place.database.to_string_lossy(),
        "mode": args.mode.code(),
        "policy": id,
        "accounts": listed.collect::<Vec<_>>(),
    });
    let mut lines =
        vec![format!("已新建数据库 {}（{}），规则 {id}。", place.database.display(), labels::mode(args.mode))];
    for account in &setup.accounts {
        let roles: Vec<&str> = account.roles.iter().map(|role| labels::role(*role)).collect();
        lines.push(format!("账号 {}：{}", account.code, roles.join("、")));
    }
    lines.push(match args.mode {
        Mode::Local => "下一步：pingshen user add 增加账号，pingshen import 导入申报表。".to_owned(),
        Mode::Shared => "下一步：登记三名管理员的 SSH 密钥（pingshen --as 账号 user key add），见安装说明。".to_owned(),
    });
    Ok(Report::new(document, lines.join("\n")))
}

/// One person on one machine holds the roles that let the work begin; the others are given as they are needed.
fn local(args: &Init, os_user: &str) -> Outcome<FirstAccount> {
    if args.sysadmin.is_some() || args.secadmin.is_some() || args.auditor.is_some() {
        return Err(Failure::usage(
            "单机数据库不指定管理员账号",
            "请去掉 --sysadmin、--secadmin、--auditor，或改用 --mode shared",
        ));
    }
    let plain = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' };
    Ok(FirstAccount {
        code: os_user.chars().map(plain).take(64).collect(),
        name: os_user.to_owned(),
        roles: vec![Role::Intake, Role::Sysadmin, Role::Secadmin, Role::Auditor],
        os_user: Some(os_user.to_owned()),
    })
}

/// Three administrators who check each other (三员分立).
fn administrators(args: &Init) -> Outcome<Vec<FirstAccount>> {
    let asked = [
        ("--sysadmin", &args.sysadmin, Role::Sysadmin),
        ("--secadmin", &args.secadmin, Role::Secadmin),
        ("--auditor", &args.auditor, Role::Auditor),
    ];
    let missing: Vec<&str> = asked.iter().filter(|(_, given, _)| given.is_none()).map(|(name, ..)| *name).collect();
    if !missing.is_empty() {
        return Err(Failure::usage(
            format!("多人共用的数据库缺少参数：{}", missing.join("、")),
            "请指定三个不同的账号：--sysadmin A --secadmin B --auditor C",
        ));
    }
    let mut accounts: Vec<FirstAccount> = Vec::new();
    for (name, given, role) in asked {
        let code = given.clone().unwrap_or_default();
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        if code.is_empty() || code.chars().count() > 64 || !code.chars().all(plain) {
            return Err(Failure::usage(
                format!("{name} 的值不是账号名"),
                "账号名只能由文字、数字和 - _ . 组成，不超过64个字符",
            ));
        }
        if accounts.iter().any(|account| account.code == code) {
            return Err(Failure::usage("系统管理员、安全管理员、审计管理员必须是三个不同的账号", "请指定不同的账号"));
        }
        accounts.push(FirstAccount { name: code.clone(), roles: vec![role], os_user: Some(code.clone()), code });
    }
    Ok(accounts)
}
