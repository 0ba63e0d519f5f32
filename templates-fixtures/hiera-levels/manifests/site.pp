node default {
  include backup
  include profile::levels
  include profile::web
}
