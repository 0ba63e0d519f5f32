function f3() { "f3" }
