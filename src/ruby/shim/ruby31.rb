# frozen_string_literal: true

# What Ruby 3.2 and Puppet 8 have dropped and Puppet 7 still has: code that calls it works there, and fails on Puppet 8.
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

# Puppet's former dialect of JSON.
module PSON
  ParserError = JSON::ParserError

  def self.parse(text, _options = {}) = JSON.parse(text)
  def self.load(text) = JSON.parse(text)
end
