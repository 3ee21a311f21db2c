//! Reads the texts of the tables: amounts, funding, items.

use crate::domain::money::Money;
use crate::domain::project::{FundingLevel, FundingLine, ItemCategory, LineItem};
use crate::service::error::{Answer, Error};

/// Reads an amount in 万元.
pub fn wan(text: &str) -> Answer<Money> {
    Money::parse_wan(text).map_err(|problem| Error::Bug(format!("sample amount {text}: {problem}")))
}

fn some_wan(text: &str) -> Answer<Option<Money>> {
    if text.is_empty() { Ok(None) } else { wan(text).map(Some) }
}

/// Reads a line of the funding: source, level, amount.
pub fn funding_line((source, level, amount): &(&'static str, FundingLevel, &'static str)) -> Answer<FundingLine> {
    Ok(FundingLine { source: (*source).to_owned(), level: *level, amount: wan(amount)? })
}

/// Reads an item: name, category, quantity, price of one, price of the line.
pub fn line_item(
    (name, category, quantity, price, amount): &(&'static str, ItemCategory, &'static str, &'static str, &'static str),
) -> Answer<LineItem> {
    Ok(LineItem {
        name: (*name).to_owned(),
        category: *category,
        quantity: (!quantity.is_empty()).then(|| (*quantity).to_owned()),
        unit_price: some_wan(price)?,
        amount: wan(amount)?,
        excluded: None,
    })
}
