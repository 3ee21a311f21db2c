//! `config`: where things are, and which settings count.

use serde_json::json;

use crate::cli::args::Config;
use crate::cli::failure::Outcome;
use crate::cli::output::Report;
use crate::cli::place::Place;
use crate::service::Service;
use crate::service::clock::Clock;
use crate::wording::labels;

/// Shows settings; works without a database.
pub fn run(place: &Place, command: &Config) -> Outcome<Report> {
    let database = place.database.to_string_lossy();
    if matches!(command, Config::Path) {
        return Ok(Report::new(json!({ "database": database }), database.clone()));
    }
    let opened = Service::open(&place.database, Clock::System).ok();
    let signed_in = place.open().ok().map(|(_, session)| session.account);
    let mode = opened.and_then(|mut service| service.mode().ok());
    let document = json!({
        "database": { "value": database, "source": place.database_from.code() },
        "account": { "value": place.account, "source": place.account_from.code() },
        "signed_in_as": signed_in,
        "os_user": place.os_user,
        "mode": mode.map(|mode| mode.code()),
        "keys": place.keys_file().map(|path| path.to_string_lossy().into_owned()),
        "version": env!("CARGO_PKG_VERSION"),
    });
    let named = place.account.as_deref().unwrap_or("未指定，按系统用户绑定");
    let text = [
        format!("数据库：{database}（{}）", place.database_from.label()),
        format!("使用方式：{}", mode.map_or("数据库尚不能打开", labels::mode)),
        format!("指定账号：{named}（{}）", place.account_from.label()),
        format!("实际账号：{}", signed_in.as_deref().unwrap_or("无法登录")),
        format!("系统用户：{}", place.os_user),
        format!("按键设置：{}", place.keys_file().map_or_else(|| "未知".to_owned(), |path| path.display().to_string())),
        format!("程序版本：{}", env!("CARGO_PKG_VERSION")),
    ];
    Ok(Report::new(document, text.join("\n")))
}
