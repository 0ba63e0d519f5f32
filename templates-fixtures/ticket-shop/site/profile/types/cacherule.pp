# How long browsers may keep a type of content.
type Profile::CacheRule = Struct[{
  'type'    => String[1],
  'expires' => String[1],
}]
