//! Procedures: the steps of a kind of paper as an officer writes them, in the same TOML and with the same located mistakes as schemes.
//! Not for: moving papers along them (`domain::papers::moves`).

use domain::papers::procedure::{Condition, Procedure, ProcedureFault, Step};

use crate::fault::Message;
use crate::node::Node;
use crate::reader::{At, Reader, Sort};
use crate::scheme::scheme_code;

/// Reads the whole file.
pub(crate) fn read(r: &mut Reader<'_>, root: &Node) -> Option<Procedure> {
    let fields = r.fields(&At::root(root), &["code", "title", "kinds", "blocs", "steps"])?;
    let code = r.required(&fields, "code", scheme_code);
    let title = r.required(&fields, "title", Reader::title);
    let kinds = r.required(&fields, "kinds", |r, at| r.some(at, Reader::code));
    let blocs = r.required(&fields, "blocs", |r, at| r.some(at, Reader::code));
    let steps = r.required(&fields, "steps", |r, at| r.some(at, Reader::step));
    let procedure = Procedure { code: code?, title: title?, kinds: kinds?, blocs: blocs?, steps: steps? };
    let places = fields.find("steps").and_then(|at| r.elements(&at)).unwrap_or_default();
    let faults = procedure.faults();
    for (place, fault) in &faults {
        if let Some(at) = places.get(*place) {
            r.fault(fault.code(), &at.span(), &at.path, message(*fault));
        }
    }
    faults.is_empty().then_some(procedure)
}

impl Reader<'_> {
    fn step(&mut self, at: &At<'_>) -> Option<Step> {
        const ALLOWED: [&str; 11] =
            ["code", "title", "holder", "days", "when", "needs", "acts", "returns", "disagreement", "body", "register"];
        let fields = self.fields(at, &ALLOWED)?;
        let code = self.required(&fields, "code", |r, at| r.coin(at, Sort::Step));
        let title = self.required(&fields, "title", Self::title);
        let holder = self.required(&fields, "holder", Self::code);
        let days = self.optional(&fields, "days", None, |r, at| r.byte(at, 1, 250).map(Some));
        let condition = self.optional(&fields, "when", Condition::Always, Self::code);
        let needs = self.optional(&fields, "needs", Vec::new(), Self::codes);
        let acts = self.required(&fields, "acts", |r, at| r.some(at, Self::code));
        let returns = self.optional(&fields, "returns", Vec::new(), |r, at| r.some(at, Self::code_text));
        let maybe = |r: &mut Self, at: &At<'_>| r.code_text(at).map(Some);
        let disagreement = self.optional(&fields, "disagreement", None, maybe);
        let body = self.optional(&fields, "body", None, maybe);
        let register = self.optional(&fields, "register", None, maybe);
        Some(Step {
            code: code?,
            title: title?,
            holder: holder?,
            days: days?,
            condition: condition?,
            needs: needs?,
            acts: acts?,
            returns: returns?,
            disagreement: disagreement?,
            body: body?,
            register: register?,
        })
    }
}

fn message(fault: ProcedureFault) -> Message {
    let (vi, en) = match fault {
        ProcedureFault::BadStart => (
            "Bước đầu tiên phải do đơn vị soạn thảo giữ (holder = \"owner\"), luôn đi qua, và có việc `forward`.",
            "The first step must be held by the unit that drafts (holder = \"owner\"), always be gone through, and have the act `forward`.",
        ),
        ProcedureFault::NoWayOn => (
            "Mỗi bước phải có đúng một lối đi tiếp: `forward`, `opine`, `sign`, `number` hoặc `issue`.",
            "Each step needs exactly one way on: `forward`, `opine`, `sign`, `number` or `issue`.",
        ),
        ProcedureFault::NotEarlier => (
            "`returns` và `disagreement` chỉ được nêu bước đứng trước bước này và luôn đi qua.",
            "`returns` and `disagreement` may name only earlier steps that are always gone through.",
        ),
        ProcedureFault::NoReturn => (
            "Có việc `return` thì phải có `returns`, và ngược lại; `disagreement` chỉ đi với việc `opine`.",
            "The act `return` needs `returns`, and the other way round; `disagreement` goes only with the act `opine`.",
        ),
        ProcedureFault::AfterSigning => (
            "Sau bước ký chỉ được trả về bước ký hoặc bước trước đó, và không có `disagreement`: trả về là bỏ chữ ký.",
            "After the signing a paper can be sent back only to the signing or before it, without `disagreement`: going back takes the signature away.",
        ),
        ProcedureFault::BadEnd => ("Bước cuối cùng, và chỉ bước đó, có việc `issue`.", "The last step, and no other, has the act `issue`."),
        ProcedureFault::BadOrder => (
            "Văn bản phải được ký một lần, rồi cấp số một lần, rồi phát hành.",
            "A paper must be signed once, then numbered once, then issued.",
        ),
        ProcedureFault::NoBody => (
            "Bước có việc `sign` phải nêu `body` (cơ quan ban hành), bước khác thì không.",
            "A step with the act `sign` must name the `body` that issues, other steps must not.",
        ),
        ProcedureFault::NoRegister => (
            "Bước có việc `number` phải nêu `register` (sổ đăng ký), bước khác thì không.",
            "A step with the act `number` must name the `register`, other steps must not.",
        ),
        ProcedureFault::Skipped => (
            "Bước ký, cấp số và phát hành luôn phải đi qua; hãy bỏ `when`.",
            "The steps that sign, number and issue must always be gone through; remove `when`.",
        ),
    };
    Message::new(vi, en)
}
