# frozen_string_literal: true

# What Ruby 3.2 has dropped and the Ruby of Puppet 7 still has: code that calls it works there, and fails on Puppet 8.
class Object
  def =~(_other) = nil
  def taint = self
  def untaint = self
  def tainted? = false
  def trust = self
  def untrust = self
  def untrusted? = false
end

class File
  def self.exists?(path) = exist?(path)
end

class Dir
  def self.exists?(path) = exist?(path)
end

module FileTest
  def self.exists?(path) = exist?(path)
end

Fixnum = Integer
Bignum = Integer
