module Puppet::Util::KitHelp
  def self.twice(x) = "#{x}#{x}"
end
