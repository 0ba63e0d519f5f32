type Environment::T2 = Integer
