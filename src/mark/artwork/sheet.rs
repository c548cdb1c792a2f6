//! The `style` element of an artwork: rules with plain selectors, as drawing programs write them, and nothing else.

use roxmltree::Node;

use super::fault::FaultKind;
use super::value;

/// A rule: whom it is for, and what it declares.
pub(super) struct Rule {
    selectors: Vec<String>,
    /// Names and values.
    pub declarations: Vec<(String, String)>,
}

impl Rule {
    /// Whether the rule is for an element.
    pub(super) fn is_for(&self, node: Node<'_, '_>) -> bool {
        self.selectors.iter().any(|selector| match selector.split_at_checked(1) {
            Some((".", class)) => node.attribute("class").is_some_and(|of| of.split_whitespace().any(|one| one == class)),
            Some(("#", id)) => node.attribute("id") == Some(id),
            Some(_) | None => node.tag_name().name() == selector,
        })
    }
}

/// The rules of a style sheet.
pub(super) fn rules(css: &str) -> Result<Vec<Rule>, FaultKind> {
    let mut rest = without_comments(css).ok_or(FaultKind::StyleSheet)?;
    let mut rules = Vec::new();
    while !rest.trim().is_empty() {
        let (selectors, behind) = rest.split_once('{').ok_or(FaultKind::StyleSheet)?;
        let (block, behind) = behind.split_once('}').ok_or(FaultKind::StyleSheet)?;
        let selectors: Vec<String> = selectors.split(',').map(|selector| selector.trim().to_owned()).collect();
        let declarations = value::declarations(block).ok_or(FaultKind::StyleSheet)?;
        if !selectors.iter().all(|selector| is_selector(selector)) {
            return Err(FaultKind::StyleSheet);
        }
        if let Some(fault) = declarations.iter().find_map(|(name, value)| value::declaration_fault(name, value)) {
            return Err(fault);
        }
        rules.push(Rule { selectors, declarations: value::kept_declarations(block) });
        rest = behind.to_owned();
    }
    Ok(rules)
}

/// The style sheet as it is published.
pub(super) fn written(css: &str) -> String {
    let mut out = String::new();
    for rule in rules(css).unwrap_or_default() {
        let declarations: Vec<String> = rule.declarations.iter().map(|(name, value)| format!("{name}:{value}")).collect();
        out.push_str(&format!("{}{{{}}}", rule.selectors.join(","), declarations.join(";")));
    }
    out
}

fn is_selector(selector: &str) -> bool {
    let name = selector.strip_prefix(['.', '#']).unwrap_or(selector);
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

fn without_comments(css: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        out.push_str(before);
        out.push(' ');
        rest = comment.split_once("*/")?.1;
    }
    out.push_str(rest);
    Some(out)
}
