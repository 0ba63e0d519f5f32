class shop::broken {
  notify { 'one'
  }
  notify { 'two': message => }
}
