//! The county of the sample data: its units and the people who hold the accounts, all invented.

use crate::domain::actor::{Role, UnitKind};
use crate::service::{FirstAccount, Mode, Setup};

/// The account as which the terminal UI opens after sample data was made.
pub const OPEN_AS: &str = "reviewer";

/// The accounts of the Centre, the one who sets the system up first.
const CENTRE_STAFF: &[(&str, &str, &[Role])] = &[
    ("sysadmin", "谢建平", &[Role::Sysadmin]),
    ("secadmin", "罗志刚", &[Role::Secadmin]),
    ("auditor", "聂晓红", &[Role::Auditor]),
    ("intake", "周敏", &[Role::Intake]),
    (OPEN_AS, "张伟", &[Role::Reviewer]),
    ("reviewer2", "李娜", &[Role::Reviewer]),
    ("lead", "王志强", &[Role::Lead]),
    ("signer", "徐国华", &[Role::Signer]),
    ("panel-secretary", "吴婷", &[Role::PanelSecretary]),
];

/// A unit with its people.
#[derive(Debug, Clone, Copy)]
pub struct Body {
    /// The unit's name.
    pub name: &'static str,
    /// What kind of body it is.
    pub kind: UnitKind,
    /// The unit it reports through by default; stands above it in the list.
    pub supervisor: Option<&'static str>,
    /// The account of its clerk.
    pub account: &'static str,
    /// The clerk, also the contact on its forms.
    pub clerk: &'static str,
    /// The leader in charge.
    pub leader: &'static str,
    /// The clerk's telephone.
    pub phone: &'static str,
    /// Whether the clerk also answers for the units that report through this one.
    pub supervises: bool,
}

const fn organ(
    name: &'static str,
    account: &'static str,
    clerk: &'static str,
    leader: &'static str,
    phone: &'static str,
) -> Body {
    Body { name, kind: UnitKind::CountyOrgan, supervisor: None, account, clerk, leader, phone, supervises: false }
}

const fn institution(county: Body) -> Body {
    Body { kind: UnitKind::Institution, ..county }
}

const fn township(county: Body, supervisor: &'static str) -> Body {
    Body { kind: UnitKind::Township, supervisor: Some(supervisor), ..county }
}

const fn supervising(county: Body) -> Body {
    Body { supervises: true, ..county }
}

/// Every unit beside the Centre.
#[rustfmt::skip]
pub const UNITS: &[Body] = &[
    supervising(organ("县教育局",         "jyj",    "汪海燕", "程永福", "0793-2550101")),
    supervising(organ("县卫健委",         "wjw",    "何俊杰", "祝志宏", "0793-2550102")),
    supervising(organ("县民政局",         "mzj",    "刘春花", "郑建明", "0793-2550103")),
    supervising(organ("县水利局",         "slj",    "余文斌", "毛水根", "0793-2550104")),
    supervising(organ("县农业农村局",     "nyncj",  "姜小丽", "叶根生", "0793-2550105")),
    organ("县自然资源局",     "zrzyj",  "邱立新", "杨建国", "0793-2550106"),
    organ("县文旅局",         "wlj",    "俞晓雯", "占丽琴", "0793-2550107"),
    organ("县市场监管局",     "scjgj",  "黄志勇", "范永生", "0793-2550108"),
    organ("县城管局",         "cgj",    "童国庆", "胡卫东", "0793-2550109"),
    organ("县公安局",         "gaj",    "曾凡军", "潘伟民", "0793-2550110"),
    organ("县财政局",         "czj",    "舒雅琴", "江海洋", "0793-2550111"),
    organ("县发改委",         "fgw",    "万里鹏", "傅正华", "0793-2550112"),
    organ("县委网信办",       "wxb",    "金晨",   "缪建军", "0793-2550113"),
    organ("县人社局",         "rsj",    "饶丽萍", "严志平", "0793-2550114"),
    organ("县交通运输局",     "jtysj",  "管文涛", "邵国强", "0793-2550115"),
    organ("县应急管理局",     "yjglj",  "洪卫国", "丁志明", "0793-2550116"),
    organ("县审计局",         "sjj",    "彭雪梅", "柴永红", "0793-2550117"),
    organ("县行政审批局",     "xzspj",  "方圆",   "施立群", "0793-2550118"),
    organ("县住建局",         "zjj",    "涂建文", "简明亮", "0793-2550119"),
    organ("县林业局",         "lyj",    "翁树林", "夏青松", "0793-2550120"),
    organ("县统计局",         "tjj",    "赖慧",   "苏志远", "0793-2550121"),
    organ("县司法局",         "sfj",    "欧阳静", "龚正平", "0793-2550122"),
    organ("县退役军人事务局", "tyjrj",  "蒋卫平", "熊建军", "0793-2550123"),
    institution(organ("县人民医院",   "rmyy",  "杜宇航", "魏春林", "0793-2550131")),
    institution(organ("县档案馆",     "dag",   "温静怡", "石文华", "0793-2550132")),
    institution(organ("县融媒体中心", "rmtzx", "戴思远", "曹新民", "0793-2550133")),
    institution(organ("县供销联社",   "gxls",  "游小军", "甘泉生", "0793-2550134")),
    Body { kind: UnitKind::SocialOrganization, ..organ("县妇联", "fl", "钟秀英", "宋玉兰", "0793-2550141") },
    township(organ("冰溪街道",       "bxjd", "占小华", "吕志敏", "0793-2550151"), "县民政局"),
    township(organ("岩瑞镇人民政府", "yrz",  "郑水旺", "尹建中", "0793-2550152"), "县水利局"),
    township(organ("横街镇人民政府", "hjz",  "毛丽华", "鲁文清", "0793-2550153"), "县民政局"),
    township(organ("下塘乡人民政府", "xtx",  "周根林", "姚永辉", "0793-2550154"), "县农业农村局"),
    township(organ("紫湖镇人民政府", "zhz",  "程小云", "汤国平", "0793-2550155"), "县农业农村局"),
    Body { kind: UnitKind::Subordinate, supervisor: Some("县教育局"), ..organ("县教育局电化教育站", "dhjyz", "詹志鹏", "程永福", "0793-2550161") },
];

/// The accounts of the authorities and of one supervising unit, beside the clerks of the units.
pub const AUTHORITIES: &[(&str, &str, &str, Role)] = &[
    ("planning", "万里鹏", "县发改委", Role::Planning),
    ("finance", "舒雅琴", "县财政局", Role::Finance),
    ("cyberspace", "金晨", "县委网信办", Role::Cyberspace),
    ("oversight", "彭雪梅", "县审计局", Role::Oversight),
    ("supervisor", "郑建明", "县民政局", Role::Supervisor),
];

/// Finds a unit by name.
pub fn unit(name: &str) -> Option<&'static Body> {
    UNITS.iter().find(|unit| unit.name == name)
}

impl Body {
    /// Tells the roles of the unit's clerk.
    pub fn roles(&self) -> Vec<Role> {
        if self.supervises { vec![Role::Unit, Role::Supervisor] } else { vec![Role::Unit] }
    }
}

/// Tells what a database of sample data begins with. The operating system's user is bound to the reviewer, so that
/// `pingshen` opens without being told as whom.
pub fn setup(os_user: &str) -> Setup {
    let bound = |code: &str| (code == OPEN_AS && !os_user.is_empty()).then(|| os_user.to_owned());
    let accounts = CENTRE_STAFF.iter().map(|(code, name, roles)| FirstAccount {
        code: (*code).to_owned(),
        name: (*name).to_owned(),
        roles: roles.to_vec(),
        os_user: bound(code),
    });
    Setup {
        mode: Mode::Local,
        accounts: accounts.collect(),
        policy: crate::domain::policy::EMBEDDED.to_owned(),
        os_user: os_user.to_owned(),
        sample: true,
    }
}

/// Goes through every account.
pub fn accounts() -> impl Iterator<Item = &'static str> {
    let staff = CENTRE_STAFF.iter().map(|(account, _, _)| *account);
    staff.chain(UNITS.iter().map(|unit| unit.account)).chain(AUTHORITIES.iter().map(|(account, ..)| *account))
}
