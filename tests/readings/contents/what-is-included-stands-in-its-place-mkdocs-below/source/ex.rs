// ANCHOR: solution
fn main() {
    // ANCHOR: body
    let x = 1;
    // ANCHOR_END: body
}
// ANCHOR_END: solution
