# The value at a dotted path, or the default.
function base::nested(Hash $data, String $path, $default = undef) {
  $found = $path.split('[.]').reduce($data) |$memo, $part| {
    if $memo =~ Hash { $memo[$part] } else { undef }
  }
  $found ? {
    undef   => $default,
    default => $found,
  }
}
