type Kinds::Tree = Hash[String, Variant[Integer, Kinds::Tree]]
