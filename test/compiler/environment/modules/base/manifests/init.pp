class base {
  class inner {
    notify { 'inner': }
  }
  notify { "base from ${caller_module_name}": }
}
