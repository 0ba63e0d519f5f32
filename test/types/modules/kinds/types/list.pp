type Kinds::List = Variant[String, Array[Kinds::List]]
