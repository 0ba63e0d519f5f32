# What is known of a user.
type Base::User = Struct[{
  uid              => Integer[1000],
  Optional[groups] => Array[String[1]],
}]
