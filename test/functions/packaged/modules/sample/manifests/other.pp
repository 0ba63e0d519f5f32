class sample::other {
  notify { 'from other': }
}
