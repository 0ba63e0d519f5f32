class sample {
  $x = 1
  notify { 'from sample': }
}
