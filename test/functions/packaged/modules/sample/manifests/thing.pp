define sample::thing (Integer $size = 1) {
  notify { "thing ${title}": message => "size ${size}" }
}
