# A node of the role monitor.
class role::monitor {
  include profile::base
  include profile::monitor
}
