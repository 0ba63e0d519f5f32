type Kinds::Opts = Struct[{'name' => String[1], Optional['size'] => Kinds::Port, 'mode' => Optional[Enum[a, b]]}]
