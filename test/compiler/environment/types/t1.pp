type Environment::T1 = Integer
