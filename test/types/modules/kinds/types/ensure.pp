type Kinds::Ensure = Variant[Enum[present], Enum[absent], Boolean]
