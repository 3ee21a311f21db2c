//! What is built: rooms, networks, hardware, the catalogue, bespoke work; and when and why it was filed.

use super::*;

#[test]
fn r10_1_compute_storage_and_an_own_machine_room_are_vetoes() {
    let veto = [(Pattern::OwnHardware, Severity::Veto)];
    for category in [ItemCategory::Server, ItemCategory::Storage] {
        assert_eq!(spoiled("18.6", |said| said.items = vec![item("设备", category, "18.6")]), veto);
    }
    assert_eq!(spoiled("18.6", |said| said.deployment = Some(Deployment::OwnMachineRoom)), veto);
    for deployment in [Deployment::Hosted, Deployment::Leased, Deployment::GovernmentCloud] {
        assert_eq!(spoiled("18.6", |said| said.deployment = Some(deployment)), []);
    }
    assert_eq!(spoiled("18.6", |said| said.items = vec![item("交换机", ItemCategory::Network, "18.6")]), []);
}

#[test]
fn e6_a_hidden_machine_room_is_found_in_categories_names_and_the_description() {
    let veto = [(Pattern::HiddenRoom, Severity::Veto)];
    let named = |name: &str| spoiled("62.5", |said| said.items.push(item(name, ItemCategory::Other, "5")));
    for name in ["机柜及配套", "ＵＰＳ主机", "精密 空调", "静电地板铺设", "弱电及机房装修"] {
        assert_eq!(named(name), veto, "{name}");
    }
    assert_eq!(named("机房托管服务"), []);
    let category = spoiled("62.5", |said| said.items.push(item("配套工程", ItemCategory::MachineRoom, "5")));
    assert_eq!(category, veto);
    let told = |content: &str| spoiled("62.5", |said| said.content = content.to_owned());
    assert_eq!(told("在三楼新建机房，配置机柜8台。"), veto);
    assert_eq!(told("不新建机房，不购机柜、UPS，部署于县政务云。"), []);
    let kept = spoiled("20", |said| {
        said.kind = Some(ProjectKind::Operation);
        said.items = vec![item("UPS维保", ItemCategory::Operation, "20")];
        let build_cost = Some(wan("1000"));
        said.operation = Some(OperationPlan { free_months: 0, per_year: wan("20"), years: 1, build_cost });
    });
    assert_eq!(kept, [(Pattern::HiddenRoom, Severity::Major)], "keeping a room running builds none");
}

#[test]
fn r10_3_a_private_network_is_a_veto_declared_or_disguised() {
    let veto = [(Pattern::PrivateNetwork, Severity::Veto)];
    assert_eq!(spoiled("62.5", |said| said.network = Some(Network::Private)), veto);
    assert_eq!(spoiled("62.5", |said| said.network = Some(Network::Internet)), []);
    let line = spoiled("62.5", |said| said.items.push(item("线路", ItemCategory::DedicatedLine, "5")));
    assert_eq!(line, veto);
    for name in ["裸光纤租用", "互联互通专线", "vpn组网设备"] {
        assert_eq!(spoiled("62.5", |said| said.items.push(item(name, ItemCategory::Other, "5"))), veto, "{name}");
    }
    assert_eq!(spoiled("62.5", |said| said.name = "城管视频专网".to_owned()), veto);
    assert_eq!(spoiled("62.5", |said| said.content = "依托县政务外网，不再建设专网。".to_owned()), []);
}

#[test]
fn e5_hardware_hides_in_software_lines_or_by_its_share() {
    let hidden = [(Pattern::HiddenHardware, Severity::Major)];
    let line = |name: &str, category| spoiled("62.5", |said| said.items.push(item(name, category, "5")));
    assert_eq!(line("数据库一体机授权", ItemCategory::BasicSoftware), hidden);
    assert_eq!(line("云服务器租用", ItemCategory::CloudService), [], "renting is what the article asks for");
    assert_eq!(line("服务器维保", ItemCategory::Operation), []);
    let share = |soft: &str, hard: &str| {
        spoiled("62.5", |said| {
            said.items = vec![
                item("软件", ItemCategory::ApplicationSoftware, soft),
                item("交换机", ItemCategory::Network, hard),
            ];
        })
    };
    assert_eq!(share("70", "30"), []);
    assert_eq!(share("70", "30.000001"), hidden);
    let only = spoiled("62.5", |said| said.items = vec![item("交换机", ItemCategory::Network, "62.5")]);
    assert_eq!(only, [], "it does not claim to be software");
}

#[test]
fn r10_2_an_upgrade_says_how_it_moves_into_the_data_centre() {
    let upgrade = |content: &str, deployment| {
        spoiled("62.5", |said| {
            said.kind = Some(ProjectKind::Rebuild);
            said.content = content.to_owned();
            said.deployment = deployment;
        })
    };
    assert_eq!(upgrade("升级三个模块", None), [(Pattern::NoMigration, Severity::Minor)]);
    assert_eq!(upgrade("升级三个模块", Some(Deployment::GovernmentCloud)), []);
    assert_eq!(upgrade("升级后整体迁移至县数据中心机房", None), []);
}

#[test]
fn e7_a_missing_catalogue_weighs_from_the_review_on() {
    let mut dossier = innocent("62.5");
    for catalogue in [None, Some(ResourceCatalogue::Entries(0)), Some(ResourceCatalogue::NotApplicable(" ".to_owned()))]
    {
        dossier.project.declaration.catalogue = catalogue;
        for (stage, severity) in [(Stage::PlanIntake, Severity::Note), (Stage::SchemeIntake, Severity::Major)] {
            dossier.project.stage = stage;
            assert_eq!(the(Pattern::CatalogueMissing, &dossier).map(|f| f.severity), Some(severity), "{stage}");
        }
    }
    let waived = |category| {
        spoiled("62.5", |said| {
            said.items = vec![item("设备或软件", category, "62.5")];
            said.catalogue = Some(ResourceCatalogue::NotApplicable("不产生数据".to_owned()));
        })
    };
    assert_eq!(waived(ItemCategory::ApplicationSoftware), [(Pattern::CatalogueWaived, Severity::Minor)]);
    assert_eq!(waived(ItemCategory::Network), []);
}

#[test]
fn e7_a_catalogue_is_copied_above_four_names_of_five() {
    let copied = |names: usize, shared: u32, unit: i64, kind| {
        let mut dossier = innocent("62.5");
        dossier.project.declaration.kind = Some(kind);
        dossier.project.declaration.catalogue_names = (0..names).map(|n| format!("条目{n}")).collect();
        let other = SharedCatalogue {
            code: ProjectCode::compose(2026, 9),
            name: "他项目".to_owned(),
            unit: UnitId(unit),
            unit_name: "县水利局".to_owned(),
            amount: wan("70"),
            filed: day("2025-09-01"),
            shared,
        };
        let around = Surroundings { catalogues: vec![other], ..alone() };
        find(&dossier, &around, &POLICY, now()).iter().any(|f| f.pattern == Pattern::CatalogueCopied)
    };
    assert!(!copied(10, 8, 2, ProjectKind::New), "80 % is not above 80 %");
    assert!(copied(10, 9, 2, ProjectKind::New));
    assert!(copied(1, 1, 2, ProjectKind::Expand));
    assert!(copied(10, 10, 1, ProjectKind::New), "a new system with one's own old catalogue");
    assert!(!copied(10, 10, 1, ProjectKind::Expand), "an upgraded system keeps its own");
}

#[test]
fn e11_bespoke_work_sold_as_a_product_is_found_by_word_or_price() {
    let sold = |name: &str, quantity: Option<&str>, price: &str, custom| {
        spoiled("62.5", |said| {
            said.custom_development = custom;
            said.items = vec![LineItem {
                quantity: quantity.map(str::to_owned),
                unit_price: Some(wan(price)),
                ..item(name, ItemCategory::ApplicationSoftware, "62.5")
            }];
        })
    };
    let (by_word, by_price) =
        ([(Pattern::BespokeAsProduct, Severity::Major)], [(Pattern::BespokeAsProduct, Severity::Minor)]);
    assert_eq!(sold("业务系统接口开发", None, "1", Some(false)), by_word);
    assert_eq!(sold("业务系统定制", None, "1", None), by_word, "nobody said");
    assert_eq!(sold("业务系统定制", None, "1", Some(true)), []);
    for quantity in [None, Some("1"), Some("1套"), Some("１ 套"), Some("1.0"), Some("一套")] {
        assert_eq!(sold("成品软件", quantity, "50", Some(false)), by_price, "{quantity:?}");
        assert_eq!(sold("成品软件", quantity, "49.999999", Some(false)), [], "{quantity:?}");
    }
    for quantity in ["2套", "10", "16家", "若干"] {
        assert_eq!(sold("成品软件", Some(quantity), "50", Some(false)), [], "{quantity}");
    }
}

#[test]
fn r6_1_the_deadline_is_inclusive_to_midnight_on_the_countys_clock() {
    let late = |received: &str, in_year: bool| {
        let mut dossier = innocent("62.5");
        dossier.project.received_at = Some(at(received));
        dossier.project.declaration.in_year = in_year.then(|| added(InYearReason::Superior, Some("1号")));
        the(Pattern::FiledLate, &dossier)
    };
    assert_eq!(late("2026-09-30T23:59:59.999+08:00", false), None);
    let finding = late("2026-10-01T00:00:00+08:00", false).unwrap();
    assert_eq!(finding.severity, Severity::Major);
    assert_eq!(evidence::day(&finding.evidence, DayOf::Deadline), Some(day("2026-09-30")));
    assert_eq!(late("2026-09-30T15:59:59Z", false), None, "the same moment told in another zone");
    assert!(late("2026-09-30T16:00:00Z", false).is_some());
    assert_eq!(late("2026-10-01T00:00:00+08:00", true), None, "an in-year addition has another way");
    let mut unknown = innocent("62.5");
    unknown.project.received_at = None;
    assert_eq!(the(Pattern::FiledLate, &unknown), None);
}

fn added(reason: InYearReason, doc_no: Option<&str>) -> InYearAddition {
    InYearAddition {
        reason,
        doc_no: doc_no.map(str::to_owned),
        explanation: "急用".to_owned(),
        funding_request: true,
        construction_plan: true,
    }
}

#[test]
fn r6_3_e12_an_in_year_addition_has_a_superiors_document_or_a_finding() {
    let in_year = |reason, doc_no| spoiled("62.5", |said| said.in_year = Some(added(reason, doc_no)));
    assert_eq!(in_year(InYearReason::Other, None), [(Pattern::InYearOther, Severity::Major)]);
    assert_eq!(in_year(InYearReason::Superior, None), [(Pattern::SuperiorUnproven, Severity::Major)]);
    assert_eq!(in_year(InYearReason::Superior, Some(" ")), [(Pattern::SuperiorUnproven, Severity::Major)]);
    assert_eq!(in_year(InYearReason::Superior, Some("赣府厅字〔2026〕1号")), []);
}

#[test]
fn the_sample_projects_give_the_findings_the_domain_names() {
    let server = spoiled("18.60", |said| {
        said.items = vec![LineItem {
            quantity: Some("2".to_owned()),
            unit_price: Some(wan("9.30")),
            ..item("机架式服务器", ItemCategory::Server, "18.6")
        }];
        said.catalogue = Some(ResourceCatalogue::NotApplicable("仅购置硬件设备".to_owned()));
    });
    assert_eq!(server, [(Pattern::OwnHardware, Severity::Veto)]);
    let mut city = innocent("186.00");
    city.project.declaration = Declaration {
        name: "智慧城管视频专网及机房".to_owned(),
        items: vec![
            item("城区裸光纤租用（60芯公里，3年）", ItemCategory::DedicatedLine, "54"),
            item("视频汇聚交换机", ItemCategory::Network, "30"),
            item("视频存储阵列", ItemCategory::Storage, "52"),
            item("机柜、UPS、精密空调及机房装修", ItemCategory::MachineRoom, "38"),
            item("视频管理软件", ItemCategory::ApplicationSoftware, "12"),
        ],
        deployment: Some(Deployment::OwnMachineRoom),
        network: Some(Network::Private),
        ..city.project.declaration.clone()
    };
    let vetoes: Vec<Pattern> =
        found(&city).into_iter().filter(|f| f.severity == Severity::Veto).map(|f| f.pattern).collect();
    assert_eq!(vetoes, [Pattern::OwnHardware, Pattern::HiddenRoom, Pattern::PrivateNetwork]);
    let quality = spoiled("99.99", |said| said.custom_development = Some(false));
    assert!(quality.contains(&(Pattern::JustUnder, Severity::Minor)));
}
