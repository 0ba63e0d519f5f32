node /^web\d+\./, /^staging\./ {
  include profile::web
}

node default {
  fail("No role for ${trusted['certname']}")
}
