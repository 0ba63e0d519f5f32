type Base::Port = Variant[Integer[1, 65535], Enum['any']]
