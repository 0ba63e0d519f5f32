node default {
  include profile::webserver
}
