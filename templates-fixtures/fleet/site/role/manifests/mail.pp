# A node of the role mail.
class role::mail {
  include profile::base
  include profile::mail
}
