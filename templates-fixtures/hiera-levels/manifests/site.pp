node default {
  include backup
  include profile::web
}
