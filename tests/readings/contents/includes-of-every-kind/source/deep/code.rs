fn one() {}
// ANCHOR: part
fn two() {}
// ANCHOR_END: part
fn three() {}
