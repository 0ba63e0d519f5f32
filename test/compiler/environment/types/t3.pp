type T3 = Integer
