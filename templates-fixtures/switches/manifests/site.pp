node default {
  lookup('roles', Array[String], 'first').each |$role| {
    include "profile::${role}"
  }
}
