//! `providers/<provider>.toml`.

use anyhow::Result;

use crate::model::Provider;
use crate::problem::{Code, FileId, Problem, Problems, Spanned};
use crate::source::Sources;

use super::settings::former_names;
use super::{document, or_blank};

/// Reads one provider.
pub(super) fn read(sources: &Sources, id: &str, file: FileId, problems: &mut Problems) -> Result<Option<Provider>> {
    document(sources, file, problems, |table, problems| {
        let place = table.place();
        let name = table.name("name", problems);
        let address = table.text("address", problems);
        Provider {
            id: id.to_owned(),
            place,
            name: or_blank(name, place),
            kana: table.kana_if("kana", problems),
            name_en: table.name_if("name_en", problems),
            corporate_number: table.text_if("corporate_number", problems).filter(|number| check_digits(number, problems)),
            address: or_blank(address, place),
            url: table.address_if("url", problems),
            logo: table.text_if("logo", problems),
            former_names: former_names(table, problems),
        }
    })
}

/// A 法人番号 has 13 digits, the first of which checks the others.
fn check_digits(number: &Spanned<String>, problems: &mut Problems) -> bool {
    let digits: Vec<u32> = number.value.chars().filter_map(|c| c.to_digit(10)).collect();
    if digits.len() != 13 || number.value.len() != 13 {
        problems.push(
            Problem::new(Code::BadValue, number.span, "法人番号が13桁の数字ではありません", "a corporate number has 13 digits")
                .help(
                    "国税庁の法人番号公表サイトなどで確かめ、半角の数字13桁を引用符で囲んで書いてください",
                    "look it up, and write its 13 digits, half-width, between quotes",
                ),
        );
        return false;
    }
    let check = check_digit(digits.get(1..).unwrap_or_default());
    let fits = digits.first() == Some(&check);
    if !fits {
        problems.push(
            Problem::new(
                Code::CheckDigit,
                number.span,
                "法人番号の検査用数字（先頭の桁）が合いません",
                "the check digit (the first one) of this corporate number is wrong",
            )
            .help(
                format!("国税庁の法人番号公表サイトなどで確かめてください。後の12桁が正しければ、先頭は {check} です"),
                format!("look it up; if the other twelve are right, it is {check}"),
            ),
        );
    }
    fits
}

/// The check digit of twelve digits: 9 less the rest by 9 of their weighted sum, from the right 1, 2, 1, 2 …
/// (法人番号の指定等に関する省令 第2条).
fn check_digit(digits: &[u32]) -> u32 {
    let weights = [1, 2].into_iter().cycle();
    let sum: u32 = digits.iter().rev().zip(weights).map(|(digit, weight)| digit * weight).sum();
    9 - sum % 9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_is_that_of_the_national_tax_agency() {
        // 国税庁 itself: 7000012050002.
        assert_eq!(check_digit(&[0, 0, 0, 0, 1, 2, 0, 5, 0, 0, 0, 2]), 7);
    }
}
