node default {
  include "role::${facts['role']}"
}

node /^monitor/ {
  include role::monitor
}
