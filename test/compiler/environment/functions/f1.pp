function environment::f1() { "f1" }
