//! What kind of letter a letter is, as far as writing Japanese asks.

/// Letters and punctuation of East Asia, which stand side by side without spaces.
pub fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{312f}' | '\u{3190}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}')
        || matches!(c, '\u{ff00}'..='\u{ff9f}' | '\u{ffe0}'..='\u{ffe6}' | '\u{1f200}'..='\u{1f2ff}' | '\u{20000}'..='\u{3ffff}')
}

/// Signs that are as wide as a letter of East Asia among these, and narrow among others: … ― “ ” § ① ※ → ■ ★ °.
pub(super) fn is_either(c: char) -> bool {
    matches!(c, '§' | '°' | '±' | '¶' | '×' | '÷' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{20a0}'..='\u{20bf}')
        || matches!(c, '\u{2100}'..='\u{27bf}' | '\u{2900}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// Full-width punctuation brings its own space.
pub(super) fn is_wide_punctuation(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' | '・' | '\u{ff61}'..='\u{ff65}')
        || matches!(
            c,
            '！' | '（' | '）' | '，' | '．' | '：' | '；' | '？' | '［' | '］' | '｛' | '｝' | '～' | '〜' | '｟' | '｠'
        )
}

/// Brackets and quotation marks that open.
pub(super) fn opens(c: char) -> bool {
    "「『（【〔［｛〈《〘〖〚｟｢“‘〝([{<«‹≪＜".contains(c)
}

/// Brackets and quotation marks that close.
pub(super) fn closes(c: char) -> bool {
    "」』）】〕］｝〉》〙〗〛｠｣”’〟)]}>»›≫＞".contains(c)
}

/// What ends a sentence or a part of one.
pub(super) fn pauses(c: char) -> bool {
    "、。，．！？：；､｡,.!?:;".contains(c)
}
