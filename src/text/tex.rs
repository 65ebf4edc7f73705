//! Shows formulas in TeX as Unicode: `x_1^2 \le \frac{a}{b}` becomes `x₁² ≤ a/b`.
//!
//! Owns which formulas can be shown so. It is all or nothing: a formula of which any part has no
//! form in a line of text (a matrix, an unknown command) is left as it is written. Scripts and
//! fractions for which Unicode has no signs are written as in `UnicodeMath` (M. Sargent, Unicode
//! Technical Note 28): `e^(−λ)`, `(a + b)/c`. Reading TeX is `pulldown-latex`'s work. Must not
//! know where a formula stands.

mod element;
mod signs;

use crate::text::panics;
use crate::text::tex::element::{Class, Row, TexElement};
use pulldown_latex::event::{
    Content, DelimiterType, EnvironmentFlow, Font, Grouping, ScriptPosition, ScriptType, StateChange, Visual,
};
use pulldown_latex::{Event, Parser, Storage};

/// The most bytes of a formula that is read.
const LONGEST: usize = 2048;

/// The most events of a formula: macros and nesting could make more of few bytes.
const MOST_EVENTS: usize = 4096;

/// Commands that define others. They could make a formula grow without end.
const DEFINING: [&str; 5] = ["\\def", "\\gdef", "\\let", "\\futurelet", "command"];

/// A formula within running text, on one line.
pub(super) fn in_line(source: &str) -> Option<String> {
    if !source.contains(['\\', '^', '_', '{', '}', '\n']) {
        return Some(source.to_owned());
    }
    shown(source).filter(|shown| !shown.contains('\n'))
}

/// A formula that is set apart. Its own lines are kept, unless an environment says where lines
/// end.
pub(super) fn in_lines(source: &str) -> Option<String> {
    let source = source.trim();
    if source.contains("\\begin") {
        return shown(source);
    }
    let lines: Option<Vec<String>> = source.lines().map(shown).collect();
    lines.map(|lines| lines.join("\n")).or_else(|| shown(source))
}

fn shown(source: &str) -> Option<String> {
    if source.len() > LONGEST || DEFINING.iter().any(|command| source.contains(command)) {
        return None;
    }
    panics::catch(|| {
        let storage = Storage::new();
        let mut formula = Formula::new();
        for (count, event) in Parser::new(source, &storage).enumerate() {
            if count == MOST_EVENTS {
                return None;
            }
            formula.event(event.ok()?)?;
        }
        formula.finish()
    })
    .flatten()
}

/// A formula under construction: the elements that are open, the outermost first.
struct Formula {
    open: Vec<Open>,
}

/// Something that takes elements until it is complete.
enum Open {
    Group { row: Row, font: Option<Font>, kind: Grouping },
    Script { ty: ScriptType, position: ScriptPosition, parts: Vec<TexElement> },
    Visual { visual: Visual, parts: Vec<TexElement> },
}

impl Formula {
    fn new() -> Self {
        Self { open: vec![Open::Group { row: Row::default(), font: None, kind: Grouping::Normal }] }
    }

    /// Applies an event. `None` when it has no form in text.
    fn event(&mut self, event: Event<'_>) -> Option<()> {
        match event {
            Event::Content(content) => {
                let element = content_element(content, self.font())?;
                self.complete(element)
            }
            Event::Begin(kind) => {
                let font = if kind == Grouping::Normal { self.font() } else { None };
                self.open.push(Open::Group { row: Row::default(), font, kind });
                Some(())
            }
            Event::End => {
                let Some(Open::Group { row, kind, .. }) = self.open.pop() else { return None };
                self.complete(group_element(row, &kind)?)
            }
            Event::Visual(visual) => {
                self.open.push(Open::Visual { visual, parts: Vec::new() });
                Some(())
            }
            Event::Script { ty, position } => {
                self.open.push(Open::Script { ty, position, parts: Vec::new() });
                Some(())
            }
            Event::Space { width, .. } => {
                let is_seen = width.is_some_and(|width| width.value > 0.0);
                self.complete(TexElement::new(if is_seen { " " } else { "" }, Class::Space))
            }
            Event::StateChange(change) => {
                if let (StateChange::Font(new), Some(Open::Group { font, .. })) =
                    (change, self.open.last_mut())
                {
                    *font = new;
                }
                Some(())
            }
            Event::EnvironmentFlow(flow) => self.flow(&flow),
        }
    }

    fn flow(&mut self, flow: &EnvironmentFlow) -> Option<()> {
        let Some(Open::Group { row, font, .. }) = self.open.last_mut() else { return None };
        *font = None;
        match flow {
            EnvironmentFlow::Alignment => Some(()),
            EnvironmentFlow::NewLine { horizontal_lines, .. } => {
                row.end_line();
                horizontal_lines.is_empty().then_some(())
            }
            EnvironmentFlow::StartLines { .. } => None,
        }
    }

    /// The font of the innermost group.
    fn font(&self) -> Option<Font> {
        self.open.iter().rev().find_map(|open| match open {
            Open::Group { font, .. } => Some(*font),
            Open::Script { .. } | Open::Visual { .. } => None,
        })?
    }

    /// Gives a complete element to what is open, and completes that too if it has all its parts.
    fn complete(&mut self, element: TexElement) -> Option<()> {
        let mut element = element;
        loop {
            match self.open.last_mut()? {
                Open::Group { row, .. } => {
                    row.push(element);
                    return Some(());
                }
                Open::Script { ty, position, parts } => {
                    parts.push(element);
                    let wanted = if *ty == ScriptType::SubSuperscript { 3 } else { 2 };
                    if parts.len() < wanted {
                        return Some(());
                    }
                    element = element::script(*ty, *position, parts)?;
                }
                Open::Visual { visual, parts } => {
                    parts.push(element);
                    let wanted = if matches!(visual, Visual::Root | Visual::Fraction(_)) { 2 } else { 1 };
                    if parts.len() < wanted {
                        return Some(());
                    }
                    element = visual_element(*visual, parts)?;
                }
            }
            self.open.pop();
        }
    }

    /// The formula as text; `None` when something in it is not complete.
    fn finish(mut self) -> Option<String> {
        match (self.open.pop(), self.open.is_empty()) {
            (Some(Open::Group { row, .. }), true) => Some(row.into_text()),
            _ => None,
        }
    }
}

fn content_element(content: Content<'_>, font: Option<Font>) -> Option<TexElement> {
    let of = |character: char, class| Some(TexElement::new(character.encode_utf8(&mut [0; 4]), class));
    match content {
        Content::Text(text) => Some(TexElement::new(text, Class::Text)),
        Content::Number(number) => Some(TexElement::new(&signs::in_font(number, font), Class::Ordinary)),
        Content::Function(name) => Some(TexElement::new(name, Class::Function)),
        Content::Ordinary { content, .. } => {
            Some(TexElement::new(&signs::in_font(content.encode_utf8(&mut [0; 4]), font), Class::Ordinary))
        }
        Content::LargeOp { content, .. } => of(content, Class::Function),
        Content::BinaryOp { content: '∗', .. } => of('*', Class::Operator),
        Content::BinaryOp { content, .. } => of(content, Class::Operator),
        Content::Relation { content, .. } => {
            let mut buffer = [0; 8];
            let text = std::str::from_utf8(content.encode_utf8_to_buf(&mut buffer)).ok()?;
            Some(TexElement::new(text, Class::Relation))
        }
        Content::Delimiter { content, ty: DelimiterType::Open, .. } => of(content, Class::Opening),
        Content::Delimiter { content, ty: DelimiterType::Close, .. } => of(content, Class::Closing),
        Content::Delimiter { content, ty: DelimiterType::Fence, .. } => of(content, Class::Ordinary),
        Content::Punctuation(content) => of(content, Class::Punctuation),
    }
}

fn group_element(row: Row, kind: &Grouping) -> Option<TexElement> {
    match kind {
        Grouping::Normal => Some(row.into_element()),
        Grouping::LeftRight(left, right) => {
            let mut text = String::new();
            text.extend(left);
            text.push_str(&row.into_text());
            text.extend(right);
            Some(TexElement::enclosed(&text))
        }
        Grouping::Equation { .. }
        | Grouping::Align { .. }
        | Grouping::Aligned
        | Grouping::Alignat { .. }
        | Grouping::Alignedat { .. }
        | Grouping::Gather { .. }
        | Grouping::Gathered
        | Grouping::Multline
        | Grouping::Split => Some(TexElement::new(&row.into_text(), Class::Text)),
        Grouping::Array(_) | Grouping::Matrix { .. } | Grouping::Cases { .. } | Grouping::SubArray { .. } => {
            None
        }
    }
}

fn visual_element(visual: Visual, parts: &[TexElement]) -> Option<TexElement> {
    match (visual, parts) {
        (Visual::SquareRoot, [radicand]) => Some(element::root("√", radicand)),
        (Visual::Root, [radicand, index]) => {
            let sign = match index.text() {
                "3" => "∛".to_owned(),
                "4" => "∜".to_owned(),
                index => signs::raised(index)? + "√",
            };
            Some(element::root(&sign, radicand))
        }
        // Without a line it is a binomial coefficient.
        (Visual::Fraction(Some(line)), _) if line.value == 0.0 => None,
        (Visual::Fraction(_), [above, below]) => Some(element::fraction(above, below)),
        (Visual::Negation, [negated]) => Some(negated.negated()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{in_line, in_lines};
    use proptest::prelude::*;

    #[test]
    fn common_formulas_are_shown_in_unicode() {
        let cases = [
            (r"x_1^2 \le \alpha", "x₁² ≤ α"),
            (r"\{x\}", "{x}"),
            (r"a\_b", "a_b"),
            ("p*q*r", "p*q*r"),
            (r"x_1 * y_1", "x₁ * y₁"),
            (r"\frac{a}{b} + \frac{a+b}{c}", "a/b + (a + b)/c"),
            (r"e^{-\lambda t}", "e^(−λt)"),
            (r"\sum_{i=1}^{n} x_i", "∑ᵢ₌₁ⁿ xᵢ"),
            (r"f: \mathbb{R}^n \to \mathbb{R}", "f : ℝⁿ → ℝ"),
            (r"\sqrt{x} + \sqrt{x+1} + \sqrt[3]{y}", "√x + √(x + 1) + ∛y"),
            (r"\sin x + \sin(x)", "sin x + sin(x)"),
            (r"\hat{y} \ne \vec{v}", "y\u{302} ≠ v\u{20d7}"),
            (r"P(A \mid B)", "P(A ∣ B)"),
            (r"f'(x_1) = 2x", "f′(x₁) = 2x"),
            ("-1 < x_1, y", "−1 < x₁, y"),
            (r"\lim_{x \to 0} x", "lim_(x → 0) x"),
            (r"\left( \frac{1}{2} \right)^2", "(1/2)²"),
            (r"x \notin A \not= B", "x ∉ A ≠ B"),
            (r"\text{if } x", "if x"),
            (r"\mathbf{w}^\top \mathbf{x}", "𝐰^⊤𝐱"),
            ("O(n^2)", "O(n²)"),
            (r"90^\circ", "90°"),
        ];
        let (sources, expected): (Vec<_>, Vec<_>) = cases.into_iter().unzip();
        let shown: Vec<_> = sources.into_iter().map(|source| in_line(source).unwrap_or_default()).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn what_has_no_form_in_text_is_left_as_it_is_written() {
        for source in [
            r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
            r"\unknown x",
            "x_",
            "{",
            r"k = 1 \\",
            r"\def\a{\a\a}\a",
        ] {
            assert_eq!(in_line(source), None, "{source}");
        }
        assert_eq!(in_line(&format!("x_1{}", "+x".repeat(2000))), None);
        assert_eq!(in_line(&format!("{}x", r"\frac{x".repeat(200))), None);
    }

    #[test]
    fn formulas_of_several_lines_keep_them() {
        let aligned = "\\begin{aligned}\na_1 &= b_1 + c_1,\\\\\na_2 &= b_2 * d_2.\n\\end{aligned}";
        assert_eq!(in_lines(aligned).as_deref(), Some("a₁ = b₁ + c₁,\na₂ = b₂ * d₂."));
        assert_eq!(in_lines("m = n^2\nk = 1").as_deref(), Some("m = n²\nk = 1"));
        assert_eq!(in_lines("\\frac{a}\n{b}").as_deref(), Some("a/b"));
    }

    proptest! {
        #[test]
        fn any_formula_is_shown_or_left(source in r"([a-c0-2 {}^_&'\n+=(]|\\\\|\\(frac|sqrt|left\(|right\)|sum|hat|not|begin\{aligned\}|end\{aligned\}|text|mathbb|,|over) ?){0,20}") {
            if let Some(shown) = in_line(&source) {
                prop_assert!(!shown.contains('\n'));
            }
            in_lines(&source);
        }
    }
}
