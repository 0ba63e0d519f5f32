function environment::f2() { "f2" }
